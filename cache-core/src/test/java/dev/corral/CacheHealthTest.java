package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.CacheHealth.Status;
import dev.corral.origin.BreakerState;
import dev.corral.origin.CircuitBreaking;
import dev.corral.origin.Origin;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CacheHealthTest {

  private final TestCluster cluster = new TestCluster();

  private TieredCache<Long, String> node() {
    TieredCache<Long, String> node = cluster.node().build();
    cluster.sync();
    return node;
  }

  private static CacheHealth.Remote remote(TieredCache<?, ?> cache) {
    return cache.health().remote().orElseThrow();
  }

  @Test
  void aCacheOfOneTierIsWellAndHasNoRemoteTier() {
    TieredCache<Long, String> cache = cluster.alone().build();

    assertThat(cache.health())
        .isEqualTo(
            new CacheHealth(
                "products",
                Status.UP,
                Optional.empty(),
                new CacheHealth.Origin("products", BreakerState.CLOSED),
                List.of()));
  }

  @Test
  void noPartIsNull() {
    var origin = new CacheHealth.Origin("products", BreakerState.CLOSED);

    assertThatNullPointerException()
        .isThrownBy(() -> health(nullInsteadOf(Optional.empty()), origin))
        .withMessage("remote");
    assertThatNullPointerException()
        .isThrownBy(() -> health(Optional.empty(), nullInsteadOf(origin)))
        .withMessage("origin");
    assertThatNullPointerException()
        .isThrownBy(() -> new CacheHealth.Origin(nullInsteadOf("products"), BreakerState.CLOSED))
        .withMessage("name");
    assertThatNullPointerException()
        .isThrownBy(() -> new CacheHealth.Origin("products", nullInsteadOf(BreakerState.CLOSED)))
        .withMessage("breaker");
    assertThatNullPointerException()
        .isThrownBy(() -> new CacheHealth.Remote(true, true, nullInsteadOf(Optional.empty()), 0, 0))
        .withMessage("lastContact");
  }

  private static CacheHealth health(
      Optional<CacheHealth.Remote> remote, CacheHealth.Origin origin) {
    return new CacheHealth("products", Status.UP, remote, origin, List.of());
  }

  @SuppressWarnings("NullAway") // what a caller without NullAway might pass
  private static <T> T nullInsteadOf(T unused) {
    return null;
  }

  @Test
  void aCacheThatReachesItsRemoteTierIsWell() {
    TieredCache<Long, String> cache = node();

    CacheHealth health = cache.health();

    assertThat(health.status()).isEqualTo(Status.UP);
    assertThat(health.reasons()).isEmpty();
    assertThat(remote(cache).reachable()).isTrue();
    assertThat(remote(cache).subscribed()).isTrue();
    assertThat(remote(cache).lastContact()).hasValue(Duration.ZERO);
  }

  @Test
  void aRemoteTierThatHasNotAnsweredYetIsNotReachable() {
    cluster.server.fail(true);
    TieredCache<Long, String> cache = node();

    assertThat(cache.health().status()).isEqualTo(Status.DEGRADED);
    assertThat(remote(cache).reachable()).isFalse();
    assertThat(remote(cache).lastContact()).isEmpty();
  }

  @Test
  void aRemoteTierThatFailsIsNotReachableUntilItAnswersAgain() {
    TieredCache<Long, String> cache = node();

    cluster.server.fail(true);
    cluster.sync();
    cluster.advance(Duration.ofSeconds(3));

    assertThat(cache.health().status()).isEqualTo(Status.DEGRADED);
    assertThat(cache.health().reasons()).containsExactly("the remote tier does not answer");
    assertThat(remote(cache).lastContact()).hasValue(Duration.ofSeconds(3));
    cluster.server.fail(false);
    cluster.sync();
    assertThat(cache.health().status()).isEqualTo(Status.UP);
  }

  @Test
  void whatTheStoreSaysIsKnownWithoutWaitingForTheNextQuestion() {
    TieredCache<Long, String> cache = node();
    cluster.server.fail(true);

    cache.get(1L, cluster.origin.set(1, "a"));

    assertThat(remote(cache).reachable()).isFalse();
  }

  @Test
  void aLostSubscriptionIsToldUntilItStandsAgain() {
    TieredCache<Long, String> cache = node();

    cluster.server.disconnect();

    assertThat(remote(cache).subscribed()).isFalse();
    assertThat(cache.health().reasons()).containsExactly("messages of other nodes do not come in");
    cluster.server.reconnect();
    assertThat(remote(cache).subscribed()).isTrue();
  }

  @Test
  void pendingInvalidationsAreTold() {
    TieredCache<Long, String> cache = node();
    cluster.server.failNext(1);

    cache.invalidateAll(List.of(1L, 2L));

    assertThat(remote(cache).pendingInvalidations()).isEqualTo(2);
    assertThat(cache.health().reasons())
        .contains("invalidations are pending that the remote tier was not told of: 2");
  }

  @Test
  void aPartitionIsSuspectForTwoIntervals() {
    TieredCache<Long, String> cache = node();
    TieredCache<Long, String> other = node();
    cache.get(1L, cluster.origin.set(1, "a"));
    cluster.server.dropMessages(true);
    other.invalidate(1L);
    cluster.server.dropMessages(false);
    cluster.sync();
    cluster.sync();

    assertThat(remote(cache).suspectPartitions()).isEqualTo(1);
    assertThat(cache.health().reasons())
        .containsExactly("messages about partitions were missed: 1");
    cluster.advance(Duration.ofSeconds(2));
    assertThat(cache.health().status()).isEqualTo(Status.UP);
  }

  @Test
  void anOriginThatIsLeftAloneIsTold() {
    Origin database =
        Origin.named("db").circuitBreaker(CircuitBreaking.defaults().failures(1)).build();
    TieredCache<Long, String> cache = cluster.alone().origin(database).build();
    cluster.origin.failWith(new IOException("down"));
    assertThatThrownBy(() -> cache.get(1L, cluster.origin)).isInstanceOf(CorralException.class);

    assertThat(cache.health().origin()).isEqualTo(new CacheHealth.Origin("db", BreakerState.OPEN));
    assertThat(cache.health().reasons())
        .containsExactly("the circuit breaker of origin db is not closed");
    assertThat(cache.health().status()).isEqualTo(Status.DEGRADED);
  }

  @Test
  void aClosedCacheSaysSo() {
    TieredCache<Long, String> cache = cluster.alone().build();
    cache.close();

    assertThat(cache.health().status()).isEqualTo(Status.CLOSED);
    assertThat(cache.health().reasons()).containsExactly("the cache is closed");
  }
}
