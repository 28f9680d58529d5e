package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.remote.RemoteStep;
import dev.corral.remote.RemoteStoreException;
import dev.corral.stats.Stat;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Leases of loads that take long, and of nodes that stop or die. */
class LeaseLossTest {

  private static final Duration LEASE_TIME = Duration.ofSeconds(3);

  private final Cluster cluster = new Cluster();
  private final HandScheduler stopped = new HandScheduler();
  private final HeldLoader slow = HeldLoader.returning("slow");
  private final HeldLoader second = HeldLoader.returning("second");

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void aLeaseIsRenewedWhileItsLoadRuns() throws Exception {
    TieredCache<Long, String> here = cluster.open(options());
    TieredCache<Long, String> there = cluster.open(options());
    Call<String> leader = cluster.call(() -> here.get(1L, slow));
    slow.awaitCalled();
    Call<String> waiter = cluster.call(() -> there.get(1L, second));
    cluster.awaitSteps(RemoteStep.AWAIT, 1);

    cluster.advance(LEASE_TIME.multipliedBy(10));
    slow.letGo();

    assertThat(leader.value()).isEqualTo("slow");
    assertThat(waiter.value()).isEqualTo("slow");
    assertThat(second.calls()).isZero();
    assertThat(here.getIfPresent(1L)).hasValue("slow");
    // The next sync of each node is all that is left.
    assertThat(cluster.scheduler.waiting()).as("renewals end with the load").isEqualTo(2);
  }

  @Test
  void aRenewalMayFail() throws Exception {
    TieredCache<Long, String> here = cluster.open(options());
    TieredCache<Long, String> there = cluster.open(options());
    Call<String> leader = cluster.call(() -> here.get(1L, slow));
    slow.awaitCalled();
    cluster.server.before(
        RemoteStep.RENEW,
        () -> {
          throw new RemoteStoreException("away");
        });

    cluster.advance(LEASE_TIME.multipliedBy(2));
    slow.letGo();

    assertThat(leader.value()).isEqualTo("slow");
    assertThat(here.stats().get(Stat.PUBLISH_REFUSED)).isZero();
    assertThat(there.get(1L, second)).isEqualTo("slow");
  }

  @Test
  void aNodeThatDiesWithALeaseHoldsTheOthersUpForItsTimeAlone() throws Exception {
    TieredCache<Long, String> dying = cluster.open(options().scheduler(stopped));
    TieredCache<Long, String> there = cluster.open(options());
    cluster.call(() -> dying.get(1L, slow));
    slow.awaitCalled();
    Call<String> waiter = cluster.call(() -> there.get(1L, second));
    cluster.awaitSteps(RemoteStep.AWAIT, 1);

    cluster.advance(LEASE_TIME.minus(Cluster.STEP));
    assertThat(second.calls()).isZero();
    cluster.tick();

    second.awaitCalled().letGo();
    assertThat(waiter.value()).isEqualTo("second");
    assertThat(there.getIfPresent(1L)).hasValue("second");
  }

  @Test
  void aNodeThatWasPausedPastItsLeaseDisturbsNobody() throws Exception {
    TieredCache<Long, String> paused = cluster.open(options().scheduler(stopped));
    TieredCache<Long, String> there = cluster.open(options());
    Call<String> leader = cluster.call(() -> paused.get(1L, slow));
    slow.awaitCalled();
    cluster.advance(LEASE_TIME);
    Call<String> other = cluster.call(() -> there.get(1L, second));
    second.awaitCalled();

    // It wakes up: its timer runs, and its load ends, while the other one's still runs.
    stopped.advance(LEASE_TIME);
    slow.letGo();

    assertThat(leader.value()).isEqualTo("slow");
    assertThat(paused.stats().get(Stat.PUBLISH_REFUSED)).isEqualTo(1);
    assertThat(paused.getIfPresent(1L)).isEmpty();
    second.letGo();
    assertThat(other.value()).isEqualTo("second");
    assertThat(paused.get(1L, key -> "never")).isEqualTo("second");
  }

  @Test
  void theLateFailureOfAPausedNodeDisturbsNobody() throws Exception {
    HeldLoader failing = HeldLoader.throwing(new IllegalStateException("late"));
    TieredCache<Long, String> paused = cluster.open(options().scheduler(stopped));
    TieredCache<Long, String> there = cluster.open(options());
    Call<String> leader = cluster.call(() -> paused.get(1L, failing));
    failing.awaitCalled();
    cluster.advance(LEASE_TIME);
    Call<String> other = cluster.call(() -> there.get(1L, second));
    second.awaitCalled();

    failing.letGo();

    assertThat(leader.failure()).isInstanceOf(LoadFailedException.class);
    assertThat(((LoadFailedException) leader.failure()).retryAfter()).isEmpty();
    second.letGo();
    assertThat(other.value()).isEqualTo("second");
    assertThat(paused.get(1L, key -> "never")).isEqualTo("second");
  }

  private CacheBuilder<Long, String> options() {
    return cluster.shared().leaseTime(LEASE_TIME).loadTimeout(Duration.ofHours(1));
  }
}
