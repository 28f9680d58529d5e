package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.codec.StringCodec;
import dev.corral.remote.RemoteStep;
import dev.corral.remote.RemoteStoreException;
import dev.corral.stats.Stat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
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
    cluster.advance(LEASE_TIME);
    // The next sync of each node is all that is left.
    assertThat(cluster.scheduler.waiting()).as("renewals end with the load").isEqualTo(2);
  }

  // Each timer that is set, or taken back, may wake the thread of the timers: on a small machine,
  // that cost a miss half of its time.
  @Test
  void loadsThatEndSoonSetOneTimerTogether() {
    TieredCache<Long, String> here = cluster.open(options());
    long before = cluster.scheduler.scheduled();

    for (long key = 0; key < 100; key++) {
      here.get(key, k -> "value");
    }

    assertThat(cluster.scheduler.scheduled() - before).isEqualTo(1);
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

  // Each renewal takes a millisecond: one by one, those of all take longer than the lease lasts.
  @Test
  void theLeasesOfALargeBatchAreAllRenewed() throws Exception {
    List<Long> keys = LongStream.range(0, 5_000).boxed().toList();
    TieredCache<Long, String> here = cluster.open(options());
    TieredCache<Long, String> there = cluster.open(options());
    Call<Map<Long, String>> leader = cluster.call(() -> here.getAll(keys, allOf(slow)));
    slow.awaitCalled();
    letRenewalsTakeAMillisecond(RemoteStep.RENEW);
    letRenewalsTakeAMillisecond(RemoteStep.RENEW_ALL);
    Call<String> waiter = cluster.call(() -> there.get(4_999L, second));
    cluster.awaitSteps(RemoteStep.AWAIT, 1);

    advanceWithWork(LEASE_TIME.multipliedBy(4));
    slow.letGo();

    assertThat(leader.value()).hasSize(5_000);
    assertThat(waiter.value()).isEqualTo("slow");
    assertThat(second.calls()).isZero();
    assertThat(here.stats().get(Stat.LEASE_LOST)).isZero();
    assertThat(here.stats().get(Stat.PUBLISH_REFUSED)).isZero();
  }

  private static BulkLoader<Long, String> allOf(HeldLoader loader) {
    return keys -> {
      String value = Objects.requireNonNull(loader.load(0L));
      return keys.stream().collect(Collectors.toMap(key -> key, key -> value));
    };
  }

  private void letRenewalsTakeAMillisecond(RemoteStep step) {
    cluster.server.before(
        step,
        () -> {
          cluster.server.advance(Duration.ofMillis(1));
          cluster.ticker.advance(Duration.ofMillis(1));
          letRenewalsTakeAMillisecond(step);
        });
  }

  /** Lets time pass, of which the work of the timers takes its share. */
  private void advanceWithWork(Duration time) {
    long began = cluster.ticker.read();
    long seen = began;
    while (cluster.ticker.read() - began < time.toNanos()) {
      cluster.ticker.advance(Cluster.STEP);
      cluster.server.advance(Cluster.STEP);
      long now = cluster.ticker.read();
      cluster.scheduler.advance(Duration.ofNanos(now - seen));
      seen = now;
    }
  }

  @Test
  void aLeaseIsGivenUpWhenItsLoadHasUsedUpItsTimeWhateverElseIsKept() throws Exception {
    Duration shorter = Duration.ofMillis(4_210);
    TieredCache<Long, String> here = cluster.open(options());
    TieredCache<Long, String> hasty = cluster.open(options().loadTimeout(shorter));
    TieredCache<Long, String> there = cluster.open(options());
    cluster.call(() -> here.get(2L, slow));
    slow.awaitCalled();
    cluster.call(() -> hasty.get(1L, slow));
    slow.awaitCalled();
    Call<String> waiter = cluster.call(() -> there.get(1L, second));
    cluster.awaitSteps(RemoteStep.AWAIT, 1);

    cluster.advance(shorter.minus(Cluster.STEP));
    assertThat(second.calls()).isZero();
    cluster.tick();

    second.awaitCalled().letGo();
    assertThat(waiter.value()).isEqualTo("second");
  }

  // With threads of its own, not those that a test moves.
  @Test
  void aRenewalThatHangsKeepsNoComparisonOfTheSeqsWaiting() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    CountDownLatch renewing = new CountDownLatch(1);
    cluster.server.before(
        RemoteStep.RENEW,
        () -> {
          renewing.countDown();
          Call.start(() -> answered.await(Call.PATIENCE.toSeconds(), TimeUnit.SECONDS)).value();
        });
    TieredCache<Long, String> here =
        cluster.open(
            TieredCache.<Long, String>builder("test")
                .freshFor(Duration.ofMinutes(1))
                .leaseTime(Duration.ofMillis(60))
                .syncInterval(Duration.ofMillis(20))
                .remote(cluster.server.newNode(), StringCodec.utf8()));
    Call<String> leader = cluster.call(() -> here.get(1L, slow));
    assertThat(renewing.await(Call.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

    cluster.awaitSteps(RemoteStep.SEQS, cluster.server.countOf(RemoteStep.SEQS) + 3);

    answered.countDown();
    slow.letGo();
    assertThat(leader.value()).isEqualTo("slow");
  }

  private CacheBuilder<Long, String> options() {
    return cluster.shared().leaseTime(LEASE_TIME).loadTimeout(Duration.ofHours(1));
  }
}
