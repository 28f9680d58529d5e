package dev.corral.workload;

import dev.corral.Freshness;
import dev.corral.TieredCache;
import dev.corral.codec.StringCodec;
import dev.corral.history.Allowances;
import dev.corral.history.History;
import dev.corral.history.RecordedCache;
import dev.corral.history.RecordedOrigin;
import dev.corral.remote.InMemoryRemoteServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Nodes with short times, a store in memory whose time goes with the real one, and an origin.
 *
 * <p>Every third key lives for milliseconds, so that it is stale and gone all the time; the others
 * outlive the workload, so that what is not invalidated stays.
 */
final class Cluster implements AutoCloseable {

  static final int NODES = 3;

  private static final Duration SYNC_INTERVAL = Duration.ofMillis(20);
  private static final Duration LEASE_TIME = Duration.ofMillis(500);
  private static final Duration LOAD_TIMEOUT = Duration.ofSeconds(3);

  /** Beyond the promises: for threads that do not get a processor at once. */
  private static final Duration SLACK = Duration.ofMillis(160);

  static final Allowances ALLOWANCES =
      new Allowances(SYNC_INTERVAL.multipliedBy(2).plus(SLACK), LOAD_TIMEOUT, LEASE_TIME, SLACK);

  private static final Freshness SHORT =
      Freshness.fresh(Duration.ofMillis(15)).thenStale(Duration.ofMillis(15));
  private static final Freshness LONG = Freshness.fresh(Duration.ofMinutes(10));

  final History history = new History();
  final InMemoryRemoteServer server = new InMemoryRemoteServer();
  final SlowOrigin manner;
  final RecordedOrigin origin;
  final List<Node> nodes = new ArrayList<>();
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
  private final ServerClock clock;

  /** A node, and its line to the store. */
  record Node(String name, RecordedCache cache, Line line, TieredCache<String, String> tiers) {}

  Cluster(long seed) {
    Random random = new Random(seed);
    manner = new SlowOrigin(random::nextDouble);
    origin = new RecordedOrigin(manner);
    for (int i = 0; i < NODES; i++) {
      nodes.add(node("n" + i, random));
    }
    clock = ServerClock.start(server, history.everywhere());
  }

  private Node node(String name, Random random) {
    Line line = new Line(server.newNode(), random::nextDouble, timer);
    TieredCache<String, String> tiers =
        TieredCache.<String, String>builder("workload")
            .freshness((key, value) -> isShortLived(key) ? SHORT : LONG)
            .absentFor(Duration.ofMillis(15))
            .failureBackoff(Duration.ofMillis(2), Duration.ofMillis(20))
            .loadTimeout(LOAD_TIMEOUT)
            .leaseTime(LEASE_TIME)
            .syncInterval(SYNC_INTERVAL)
            .remote(line, StringCodec.utf8())
            .random(random::nextDouble)
            .build();
    return new Node(name, new RecordedCache(history.node(name), tiers, origin), line, tiers);
  }

  private static boolean isShortLived(String key) {
    return key.hashCode() % 3 == 0;
  }

  @Override
  public void close() {
    nodes.forEach(node -> node.tiers().close());
    timer.shutdownNow();
    clock.close();
  }
}
