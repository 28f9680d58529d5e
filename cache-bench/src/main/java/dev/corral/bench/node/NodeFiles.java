package dev.corral.bench.node;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The files that the program and its nodes hand each other, all in one folder. */
public record NodeFiles(Path directory) {
  public static final ObjectMapper JSON = new ObjectMapper();

  public Path schedule(int process) {
    return directory.resolve("schedule-" + process + ".bin");
  }

  public Path changes(int process) {
    return directory.resolve("changes-" + process + ".bin");
  }

  Path reads(int process) {
    return directory.resolve("reads-" + process + ".bin");
  }

  Path invalidations(int process) {
    return directory.resolve("invalidations-" + process + ".bin");
  }

  Path loads(int process) {
    return directory.resolve("loads-" + process + ".bin");
  }

  Path log(int process) {
    return directory.resolve("node-" + process + ".log");
  }

  public void writeKeys(List<Key> keys) throws IOException {
    JSON.writeValue(keys().toFile(), keys);
  }

  List<Key> readKeys() throws IOException {
    return JSON.readValue(keys().toFile(), new TypeReference<>() {});
  }

  void writeReport(int process, NodeReport report) throws IOException {
    JSON.writeValue(report(process).toFile(), report);
  }

  NodeReport readReport(int process) throws IOException {
    return JSON.readValue(report(process).toFile(), NodeReport.class);
  }

  private Path keys() {
    return directory.resolve("keys.json");
  }

  private Path report(int process) {
    return directory.resolve("report-" + process + ".json");
  }
}
