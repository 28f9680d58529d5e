package dev.corral.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.corral.CacheBuilder;
import dev.corral.TieredCache;
import dev.corral.codec.StringCodec;
import dev.corral.remote.InMemoryRemoteServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each gauge shows its own part of how a cache does. */
class CacheGaugesTest {

  private final InMemoryRemoteServer server = new InMemoryRemoteServer();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final TieredCache<Long, String> cache = CorralMeters.monitor(options(), registry);

  /** A cache for which no time passes, so that what was suspected once is so for good. */
  private CacheBuilder<Long, String> options() {
    return TieredCache.<Long, String>builder("products")
        .freshFor(Duration.ofMinutes(1))
        .syncInterval(Duration.ofMillis(10))
        .ticker(() -> 1)
        .remote(server.newNode(), StringCodec.utf8());
  }

  @AfterEach
  void close() {
    cache.close();
  }

  private double gauge(String name) {
    return registry.get(name).tags("cache", "products").gauge().value();
  }

  private void assertGauges(double reachable, double subscribed, double pending, double suspect) {
    await()
        .untilAsserted(
            () -> {
              assertThat(gauge("corral.remote.reachable")).as("reachable").isEqualTo(reachable);
              assertThat(gauge("corral.remote.subscribed")).as("subscribed").isEqualTo(subscribed);
              assertThat(gauge("corral.invalidations.pending")).as("pending").isEqualTo(pending);
              assertThat(gauge("corral.partitions.suspect")).as("suspect").isEqualTo(suspect);
            });
  }

  @Test
  void aCacheThatIsWellIsReachedAndSubscribed() {
    assertGauges(1, 1, 0, 0);
  }

  @Test
  void aRemoteTierThatIsAwayIsNotReachedAndTwoInvalidationsWait() {
    server.fail(true);
    cache.invalidate(1L);
    cache.invalidate(2L);

    assertGauges(0, 1, 2, 0);
  }

  @Test
  void aSubscriptionThatIsCutReceivesNothing() {
    server.disconnect();

    assertGauges(1, 0, 0, 0);
  }

  @Test
  void aMessageThatIsLostMakesOnePartitionSuspect() {
    assertGauges(1, 1, 0, 0); // it has been compared: from now on it knows what it misses
    cache.get(1L, key -> "v");
    try (TieredCache<Long, String> other = options().build()) {
      server.dropMessages(true);
      other.invalidate(1L);

      assertGauges(1, 1, 0, 1);
    }
  }

  @Test
  void theSizeIsThatOfThisProcess() {
    cache.get(1L, key -> "a");
    cache.get(2L, key -> "b");
    cache.get(3L, key -> "c");

    assertThat(gauge("corral.local.size")).isEqualTo(3);
  }
}
