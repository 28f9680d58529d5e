package dev.corral.bench.node;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The files that the program and its nodes hand each other, all in one folder. */
public record NodeFiles(Path directory) {
  static final ObjectMapper JSON = new ObjectMapper();

  public Path schedule(int node) {
    return directory.resolve("schedule-" + node + ".bin");
  }

  Path loads(int node) {
    return directory.resolve("loads-" + node + ".bin");
  }

  Path log(int node) {
    return directory.resolve("node-" + node + ".log");
  }

  public void writeKeys(List<Key> keys) throws IOException {
    JSON.writeValue(keys().toFile(), keys);
  }

  List<Key> readKeys() throws IOException {
    return JSON.readValue(keys().toFile(), new TypeReference<>() {});
  }

  void writeReport(int node, NodeReport report) throws IOException {
    JSON.writeValue(report(node).toFile(), report);
  }

  NodeReport readReport(int node) throws IOException {
    return JSON.readValue(report(node).toFile(), NodeReport.class);
  }

  private Path keys() {
    return directory.resolve("keys.json");
  }

  private Path report(int node) {
    return directory.resolve("report-" + node + ".json");
  }
}
