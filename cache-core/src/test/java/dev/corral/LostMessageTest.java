package dev.corral;

import static dev.corral.TestCluster.FRESH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.remote.RemoteStep;
import dev.corral.remote.RemoteStoreException;
import dev.corral.stats.Stat;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages of invalidations are lost, and nobody says so. */
class LostMessageTest {

  private static final int NEIGHBOURS = 20;

  private final TestCluster cluster = new TestCluster();
  private final TestOrigin origin = cluster.origin;
  private final TieredCache<Long, String> here = cluster.node().build();
  private final TieredCache<Long, String> there = cluster.node().build();

  @BeforeEach
  void fillTheOrigin() {
    neighbours().forEach(key -> origin.set(key, "neighbour " + key));
    strangers().forEach(key -> origin.set(key, "stranger " + key));
    origin.set(1, "old");
  }

  @Test
  void withoutAnyMessageTheOldValueIsGoneAfterTwoIntervals() {
    here.get(1L, origin);
    cluster.server.dropMessages(true);
    changeTo("new");
    assertThat(here.get(1L, origin)).as("nobody knows yet").isEqualTo("old");

    cluster.sync();
    cluster.sync();

    assertThat(here.getIfPresent(1L)).isEmpty();
    assertThat(here.get(1L, origin)).isEqualTo("new");
  }

  @Test
  void theNextMessageOfThePartitionTellsAtOnce() {
    here.get(1L, origin);
    cluster.server.dropMessages(true);
    changeTo("new");
    cluster.server.dropMessages(false);

    there.invalidate(neighbours().get(0));

    assertThat(here.get(1L, origin)).isEqualTo("new");
  }

  @Test
  void aSubscriptionThatIsCutForGoodIsNoReasonToServeOldValues() {
    here.get(1L, origin);
    cluster.server.disconnect();
    changeTo("new");

    cluster.sync();
    cluster.sync();

    assertThat(here.get(1L, origin)).isEqualTo("new");
  }

  @Test
  void aLostMessageCostsOneCheckForEachLocalEntryOfItsPartitionAndSendsNoValueAgain() {
    here.getAll(neighbours(), origin);
    here.getAll(strangers(), origin);
    loseMessageOf(1L);
    cluster.server.resetCounts();
    int loads = origin.loads();

    for (int i = 0; i < 3; i++) {
      neighbours().forEach(key -> here.get(key, origin));
      strangers().forEach(key -> here.get(key, origin));
    }

    assertThat(cluster.server.countOf(RemoteStep.REVALIDATE)).isEqualTo(NEIGHBOURS);
    assertThat(cluster.server.countOfAll()).isEqualTo(NEIGHBOURS);
    assertThat(origin.loads()).isEqualTo(loads);
    assertThat(here.stats().get(Stat.PARTITION_SUSPECTED)).isOne();
  }

  @Test
  void aValueThatWasFoundNotModifiedIsCheckedLikeAnyOther() {
    here.get(1L, origin);
    there.invalidate(neighbours().get(0));
    cluster.ticker.advance(TestCluster.NANO);
    here.get(1L, Duration.ZERO, (key, context) -> context.notModified());
    loseMessageOf(neighbours().get(0));
    cluster.server.resetCounts();

    assertThat(here.get(1L, origin.set(1, "never"))).isEqualTo("old");

    assertThat(cluster.server.countOf(RemoteStep.REVALIDATE)).isOne();
    assertThat(cluster.server.countOfAll()).isOne();
  }

  @Test
  void severalAtOnceAreCheckedInOneRoundTrip() {
    here.getAll(neighbours(), origin);
    loseMessageOf(1L);
    cluster.server.resetCounts();

    here.getAll(neighbours(), origin);

    assertThat(cluster.server.countOf(RemoteStep.REVALIDATE)).isOne();
    assertThat(cluster.server.countOfAll()).isOne();
  }

  @Test
  void ofSeveralAtOnceWhatIsNotGoodAnyMoreIsLoaded() {
    List<Long> keys = neighbours();
    here.getAll(keys, origin);
    cluster.server.dropMessages(true);
    origin.set(keys.get(3), "new");
    there.invalidate(keys.get(3));
    cluster.sync();
    cluster.sync();

    assertThat(here.getAll(keys, origin)).containsEntry(keys.get(3), "new");
    assertThat(origin.asked().get(origin.loads() - 1)).containsExactly(keys.get(3));
  }

  @Test
  void aReconnectWithoutChangesCostsNothing() {
    here.get(1L, origin);
    cluster.server.resetCounts();

    cluster.server.disconnect();
    cluster.server.reconnect();
    cluster.sync();
    cluster.sync();
    here.get(1L, origin);

    assertThat(cluster.server.countOfAll()).isZero();
    assertThat(here.stats().get(Stat.PARTITION_SUSPECTED)).isZero();
  }

  @Test
  void aReconnectTellsAtOnceWhatWasMissed() {
    here.get(1L, origin);
    strangers().forEach(key -> here.get(key, origin));
    cluster.server.disconnect();
    changeTo("new");

    cluster.server.reconnect();

    assertThat(here.get(1L, origin)).isEqualTo("new");
    assertThat(here.stats().get(Stat.PARTITION_SUSPECTED)).isOne();
  }

  @Test
  void aClearThatWasHeardLeavesNothingToSuspect() {
    here.get(1L, origin);
    there.invalidateAll();
    here.get(1L, origin);

    cluster.sync();
    cluster.sync();

    assertThat(here.stats().get(Stat.PARTITION_SUSPECTED)).isZero();
  }

  @Test
  void aClearThatWasNotHeardIsNoticedLikeAnyOther() {
    here.get(1L, origin);
    cluster.server.dropMessages(true);
    origin.set(1, "new");
    there.invalidateAll();

    cluster.sync();
    cluster.sync();

    assertThat(here.get(1L, origin)).isEqualTo("new");
  }

  @Test
  void aFlightFromBeforeTheSuspicionIsNotJoined() {
    cluster.server.after(
        RemoteStep.PUBLISH,
        () -> {
          cluster.server.dropMessages(true);
          changeTo("new");
          cluster.sync();
          cluster.sync();
          assertThat(here.get(1L, origin)).as("asked after the suspicion").isEqualTo("new");
        });

    assertThat(here.get(1L, origin)).as("asked before").isEqualTo("old");
    assertThat(here.get(1L, origin)).isEqualTo("new");
  }

  @Test
  void aValueInHandWhenItsPartitionIsSuspectedIsCheckedBeforeItIsServed() {
    there.get(1L, origin);
    cluster.server.after(
        RemoteStep.LOOK_UP,
        () -> {
          cluster.server.dropMessages(true);
          changeTo("new");
          cluster.sync();
          cluster.sync();
        });

    assertThat(here.get(1L, origin)).as("asked before").isEqualTo("old");
    assertThat(here.getIfPresent(1L)).isEmpty();
    assertThat(here.get(1L, origin)).isEqualTo("new");
  }

  @Test
  void aCheckedEntryEndsWithTheRemoteOne() {
    here.get(1L, origin);
    loseMessageOf(neighbours().get(0));
    cluster.advance(FRESH.dividedBy(2));
    here.get(1L, origin);
    assertThat(here.stats().get(Stat.REVALIDATION)).isOne();
    int loads = origin.loads();

    cluster.advance(FRESH.dividedBy(2).minus(TestCluster.NANO.multipliedBy(1_000_000)));
    assertThat(here.get(1L, origin)).isEqualTo("old");
    assertThat(origin.loads()).as("fresh").isEqualTo(loads);
  }

  @Test
  void aDistrustedEntryIsLoadedWhileTheRemoteTierIsAway() {
    here.get(1L, origin);
    cluster.server.dropMessages(true);
    changeTo("new");
    cluster.sync();
    cluster.sync();
    cluster.server.fail(true);

    assertThat(here.get(1L, origin)).isEqualTo("new");
  }

  @Test
  void whatIsTrustedIsServedWhileTheRemoteTierIsAway() {
    here.get(1L, origin);
    cluster.server.fail(true);
    for (int i = 0; i < 5; i++) {
      cluster.sync();
    }

    assertThat(here.get(1L, origin)).isEqualTo("old");
    assertThat(origin.loads()).isOne();
  }

  @Test
  void whatIsServedWithoutContactIsLimitedIfSoAsked() {
    Duration limit = Duration.ofSeconds(3);
    var bounded = cluster.node().localWhileDisconnected(limit).build();
    bounded.get(1L, origin);
    origin.set(1, "new");
    cluster.server.fail(true);

    pass(Duration.ofSeconds(1));
    assertThat(bounded.get(1L, origin)).as("not for long yet").isEqualTo("old");
    pass(Duration.ofSeconds(2));

    assertThat(bounded.get(1L, origin)).isEqualTo("new");
    origin.set(1, "newest");
    pass(limit);
    assertThat(bounded.get(1L, origin)).as("of what was loaded alone too").isEqualTo("newest");
  }

  @Test
  void aStoreThatHasForgottenInvalidationsIsToldSo() {
    here.get(1L, origin);
    long seqBefore = cluster.server.seqOf("products", "1");
    changeTo("new");
    // As a replica that was promoted without the last writes: the old value is back.
    cluster.server.fallBack("products", "1", seqBefore);
    there.get(1L, key -> "old, from the replica");

    cluster.sync();

    assertThat(here.get(1L, origin)).as("the first to notice").isEqualTo("new");
    cluster.sync();
    cluster.sync();
    assertThat(there.get(1L, origin)).isEqualTo("new");
  }

  @Test
  void aStoreThatCouldNotBeToldWhatItHasForgottenIsToldLater() {
    here.get(1L, origin);
    long seqBefore = cluster.server.seqOf("products", "1");
    changeTo("new");
    cluster.server.fallBack("products", "1", seqBefore);
    there.get(1L, key -> "old, from the replica");
    for (int i = 0; i < 2; i++) { // of each node one
      cluster.server.before(
          RemoteStep.OVERTAKE,
          () -> {
            throw new RemoteStoreException("away");
          });
    }

    cluster.sync();
    assertThat(cluster.server.countOf(RemoteStep.OVERTAKE)).isEqualTo(2);
    for (int i = 0; i < 3; i++) {
      cluster.sync();
    }

    assertThat(there.get(1L, origin)).isEqualTo("new");
    assertThat(here.get(1L, origin)).isEqualTo("new");
  }

  // Or a store that hangs would add its time limit to the bound.
  @Test
  void silenceIsNoticedBeforeTheStoreIsAskedForAnything() {
    here.get(1L, origin);
    cluster.server.dropMessages(true);
    changeTo("new");
    cluster.sync();
    cluster.server.failNext(1);
    here.invalidate(neighbours().get(0)); // to be delivered at the next sync
    AtomicLong suspected = new AtomicLong(-1);
    cluster.server.before(
        RemoteStep.INVALIDATE_ALL, () -> suspected.set(here.stats().get(Stat.PARTITION_SUSPECTED)));

    cluster.sync();

    assertThat(suspected).hasValue(1);
  }

  @Test
  void whateverASyncThrowsTheNextOneComes() {
    here.get(1L, origin);
    for (int i = 0; i < 2; i++) { // of each node one
      cluster.server.before(
          RemoteStep.SEQS,
          () -> {
            throw new IllegalStateException("a store's mistake");
          });
    }
    cluster.sync();
    cluster.server.dropMessages(true);
    changeTo("new");

    cluster.sync();
    cluster.sync();

    assertThat(here.get(1L, origin)).isEqualTo("new");
  }

  @Test
  void aNodeThatIsClosedAsksNoMore() {
    here.close();
    there.close();
    cluster.server.resetCounts();

    cluster.sync();

    assertThat(cluster.server.countOf(RemoteStep.SEQS)).isZero();
    assertThat(cluster.scheduler.waiting()).isZero();
  }

  private void changeTo(String value) {
    origin.set(1, value);
    there.invalidate(1L);
  }

  /** Loses the message of an invalidation, and lets the nodes notice. */
  private void loseMessageOf(long key) {
    cluster.server.dropMessages(true);
    there.invalidate(key);
    cluster.server.dropMessages(false);
    cluster.sync();
    cluster.sync();
  }

  private void pass(Duration time) {
    for (Duration passed = Duration.ZERO;
        passed.compareTo(time) < 0;
        passed = passed.plusSeconds(1)) {
      cluster.advance(Duration.ofSeconds(1));
      cluster.sync();
    }
  }

  private static List<Long> neighbours() {
    return Neighbours.of(1, NEIGHBOURS);
  }

  private static List<Long> strangers() {
    return Neighbours.strangersTo(1, NEIGHBOURS);
  }
}
