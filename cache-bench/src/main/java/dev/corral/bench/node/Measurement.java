package dev.corral.bench.node;

import dev.corral.bench.count.LoadEvent;
import dev.corral.bench.count.LoadLog;
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
 */
public record Measurement(List<Gets> seconds, List<LoadEvent> loads) {

  static Measurement read(List<NodeConfig> configs, long beginning) throws IOException {
    var all = new Measurement(new ArrayList<>(), new ArrayList<>());
    for (NodeConfig config : configs) {
      var files = new NodeFiles(Path.of(config.directory()));
      all.add(files.readReport(config.process()).gets());
      for (LoadEvent load : LoadLog.read(files.loads(config.process()))) {
        all.loads.add(load.since(beginning));
      }
    }
    return all;
  }

  private void add(List<Gets> ofProcess) {
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
