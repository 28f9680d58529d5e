package dev.corral.bench.jmh;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;
import redis.clients.jedis.Jedis;

/**
 * What an operation costs the Redis server, by its own count of its processor time. For {@code
 * -prof}, on benchmarks that tell which server it is.
 */
public final class ServerCpuProfiler implements InternalProfiler {

  private static final Pattern CPU =
      Pattern.compile("^used_cpu_(?:sys|user):([0-9.]+)", Pattern.MULTILINE);

  private static volatile @Nullable URI server;

  /** The last reading, since a trial closes its server before its last iteration is over. */
  private static volatile double last;

  private double before;

  /** Names the server whose time is to be counted. */
  static void watch(URI uri) {
    server = uri;
  }

  /** To be called before the server is closed. */
  static void unwatch() {
    secondsUsed();
    server = null;
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = secondsUsed();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double micros = (secondsUsed() - before) * 1_000_000;
    long operations = result.getMetadata().getAllOps();
    return List.of(
        new ScalarResult("server-cpu", micros / operations, "us/op", AggregationPolicy.AVG));
  }

  private static double secondsUsed() {
    URI uri = server;
    if (uri == null) {
      return last;
    }
    try (Jedis jedis = new Jedis(uri)) {
      Matcher matcher = CPU.matcher(jedis.info("cpu"));
      double seconds = 0;
      while (matcher.find()) {
        seconds += Double.parseDouble(matcher.group(1));
      }
      last = seconds;
      return seconds;
    }
  }

  @Override
  public String getDescription() {
    return "Processor time of the Redis server for each operation";
  }
}
