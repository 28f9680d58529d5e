package dev.corral.bench.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.util.ListStatistics;

/** Writes results in the form in which JMH 1.37 does. */
public final class JmhJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double[] ITERATIONS = {0.99, 1, 1, 1.01};

  private final ArrayNode results = JSON.createArrayNode();
  private String jdk = "17.0.15";

  /** Of what is added from now on. */
  public JmhJson jdk(String version) {
    jdk = version;
    return this;
  }

  /** A benchmark of nanoseconds for a call, with the median of each fork. */
  public JmhJson time(String benchmark, double... forks) {
    return add(benchmark, "avgt", "ns/op", forks);
  }

  public JmhJson throughput(String benchmark, double... forks) {
    return add(benchmark, "thrpt", "ops/us", forks);
  }

  private JmhJson add(String benchmark, String mode, String unit, double... forks) {
    ObjectNode metric = result(benchmark, mode, forks.length).putObject("primaryMetric");
    ArrayNode raw = metric.putArray("rawData");
    var all = new ListStatistics();
    for (double fork : forks) {
      ArrayNode iterations = raw.addArray();
      for (double part : ITERATIONS) {
        iterations.add(fork * part);
        all.addValue(fork * part);
      }
    }
    metric
        .put("score", all.getMean())
        .put("scoreError", all.getMeanErrorAt(0.999))
        .put("scoreUnit", unit);
    return this;
  }

  /** A benchmark that times single calls: each fork has this many of one time. */
  public JmhJson calls(String benchmark, int count, double... forks) {
    ObjectNode metric = result(benchmark, "sample", forks.length).putObject("primaryMetric");
    ArrayNode raw = metric.putArray("rawDataHistogram");
    for (double fork : forks) {
      raw.addArray().addArray().addArray().add(fork).add(count);
    }
    metric
        .put("score", new ListStatistics(forks).getMean())
        .put("scoreError", 1)
        .put("scoreUnit", "ns/op");
    return this;
  }

  /** What the benchmark that was added last has allocated, an iteration for each fork. */
  public JmhJson allocating(double... forks) {
    return allocatingAs("gc.alloc.rate.norm", forks);
  }

  JmhJson allocatingAs(String name, double... forks) {
    ObjectNode metric = last().withObject("/secondaryMetrics").putObject(name);
    metric.put("score", new ListStatistics(forks).getMean()).put("scoreUnit", "B/op");
    ArrayNode raw = metric.putArray("rawData");
    for (double fork : forks) {
      raw.addArray().add(fork).add(fork + 3); // compilers allocate, too, at first
    }
    return this;
  }

  /** Of the benchmark that was added last. */
  public JmhJson param(String name, String value) {
    last().withObject("/params").put(name, value);
    return this;
  }

  private ObjectNode last() {
    return (ObjectNode) results.get(results.size() - 1);
  }

  private ObjectNode result(String benchmark, String mode, int forks) {
    return results
        .addObject()
        .put("jmhVersion", "1.37")
        .put("benchmark", "dev.corral.bench.jmh." + benchmark)
        .put("mode", mode)
        .put("threads", 1)
        .put("forks", forks)
        .put("jdkVersion", jdk)
        .put("vmName", "OpenJDK 64-Bit Server VM")
        .put("vmVersion", jdk + "+6")
        .put("warmupIterations", 3)
        .put("warmupTime", "2 s")
        .put("measurementIterations", ITERATIONS.length)
        .put("measurementTime", "1 s");
  }

  public Path to(Path file) {
    try {
      return Files.writeString(file, results.toPrettyString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
