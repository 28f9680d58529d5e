package dev.corral.bench.node;

import dev.corral.bench.count.LoadEvent;
import dev.corral.bench.count.LoadLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * What all nodes measured, put together.
 *
 * @param loads every load event of every node, also those before and after the window; times are in
 *     nanoseconds after the beginning
 * @param latencies the merged histogram of nanoseconds of each second of the window
 */
public record Measurement(
    long gets,
    long notServed,
    long wrongValues,
    long stale,
    long oldestNanos,
    Map<String, Long> exceptions,
    List<Histogram> latencies,
    List<LoadEvent> loads) {

  private static final Histogram EMPTY = new Histogram(3);

  static Measurement read(List<NodeConfig> configs, long beginning) throws IOException {
    Measurement all =
        new Measurement(0, 0, 0, 0, 0, new TreeMap<>(), new ArrayList<>(), new ArrayList<>());
    for (NodeConfig config : configs) {
      var files = new NodeFiles(Path.of(config.directory()));
      all = all.plus(files.readReport(config.node()));
      for (LoadEvent load : LoadLog.read(files.loads(config.node()))) {
        all.loads.add(load.since(beginning));
      }
    }
    return all;
  }

  private Measurement plus(NodeReport node) {
    node.exceptions().forEach((name, count) -> exceptions.merge(name, count, Long::sum));
    for (int second = 0; second < node.latencies().size(); second++) {
      if (second == latencies.size()) {
        latencies.add(EMPTY.copy());
      }
      latencies.get(second).add(decode(node.latencies().get(second)));
    }
    return new Measurement(
        gets + node.gets(),
        notServed + node.notServed(),
        wrongValues + node.wrongValues(),
        stale + node.stale(),
        Math.max(oldestNanos, node.oldestNanos()),
        exceptions,
        latencies,
        loads);
  }

  private static Histogram decode(String base64) {
    try {
      return Histogram.decodeFromCompressedByteBuffer(
          ByteBuffer.wrap(Base64.getDecoder().decode(base64)), 0);
    } catch (DataFormatException e) {
      throw new NodeException("A node left a histogram that cannot be read: " + e.getMessage());
    }
  }

  /** All latencies in one histogram. */
  public Histogram latency() {
    Histogram all = EMPTY.copy();
    latencies.forEach(all::add);
    return all;
  }
}
