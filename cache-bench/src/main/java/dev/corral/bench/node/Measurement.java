package dev.corral.bench.node;

import dev.corral.bench.count.LoadEvent;
import dev.corral.bench.count.LoadLog;
import dev.corral.bench.history.History;
import dev.corral.bench.history.InvalidationLog;
import dev.corral.bench.history.ReadLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What all nodes measured, put together.
 *
 * @param seconds what became of the gets that were due in each second of the window
 * @param loads every load event of every node, also those before and after the window; times are in
 *     nanoseconds after the beginning
 * @param history what was read and invalidated, in the same time; nothing if rows are at rest
 */
public record Measurement(List<Gets> seconds, List<LoadEvent> loads, History history) {

  static Measurement read(List<NodeConfig> configs, long beginning) throws IOException {
    List<Gets> seconds = new ArrayList<>();
    List<LoadEvent> loads = new ArrayList<>();
    History history = History.none();
    for (NodeConfig config : configs) {
      var files = new NodeFiles(Path.of(config.directory()));
      add(files.readReport(config.process()).gets(), seconds);
      for (LoadEvent load : LoadLog.read(files.loads(config.process()))) {
        loads.add(load.since(beginning));
      }
      history = history.plus(history(files, config.process()).since(beginning));
    }
    return new Measurement(seconds, loads, history);
  }

  private static History history(NodeFiles files, int process) throws IOException {
    return new History(
        ReadLog.read(files.reads(process), process),
        InvalidationLog.read(files.invalidations(process)));
  }

  private static void add(List<Gets> ofProcess, List<Gets> seconds) {
    for (int second = 0; second < ofProcess.size(); second++) {
      if (second == seconds.size()) {
        seconds.add(Gets.none());
      }
      seconds.set(second, seconds.get(second).plus(ofProcess.get(second)));
    }
  }

  /** What became of all gets that were due in the window. */
  public Gets gets() {
    return Gets.sum(seconds);
  }
}
