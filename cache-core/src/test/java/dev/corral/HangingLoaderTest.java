package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.corral.remote.RemoteStep;
import dev.corral.stats.Stat;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A loader does not come back. The waits are short in real time, and as long by the ticker. */
class HangingLoaderTest {

  private static final Duration TIMEOUT = Duration.ofMillis(100);

  private final Cluster cluster = new Cluster();
  private final HeldLoader hanging = HeldLoader.returning("late");

  @AfterEach
  void close() {
    cluster.close();
  }

  @ParameterizedTest
  @EnumSource
  void aWaiterGivesUpAtItsDeadline(Tiers tiers) throws Exception {
    TieredCache<Long, String> cache = open(tiers);
    Call<String> leader = hang(cache);
    Call<String> waiter = cluster.call(() -> cache.get(1L, key -> "not called"));
    Cluster.awaitJoined(cache, 1);

    cluster.advance(TIMEOUT);

    Throwable failure = waiter.failure();
    assertThat(failure).isInstanceOf(LoadTimeoutException.class);
    assertThat(((LoadTimeoutException) failure).key()).isEqualTo(1L);
    assertThat(((LoadTimeoutException) failure).waited()).isGreaterThanOrEqualTo(TIMEOUT);
    hanging.letGo();
    assertThat(leader.value()).isEqualTo("late");
  }

  @ParameterizedTest
  @EnumSource
  void theNextCallerLoadsAndTheLateValueReplacesNothing(Tiers tiers) throws Exception {
    TieredCache<Long, String> cache = open(tiers);
    Call<String> leader = hang(cache);
    cluster.advance(TIMEOUT);

    assertThat(cluster.call(() -> cache.get(1L, key -> "new")).value()).isEqualTo("new");
    hanging.letGo();

    assertThat(leader.value()).isEqualTo("late");
    assertThat(cache.getIfPresent(1L)).hasValue("new");
    assertThat(cache.get(1L, key -> "never")).isEqualTo("new");
  }

  @Test
  void theLeaseIsGivenUpAtTheDeadlineSoThatAnotherNodeLoads() throws Exception {
    TieredCache<Long, String> here = open(Tiers.TWO);
    TieredCache<Long, String> there = cluster.node();
    Call<String> leader = hang(here);
    Call<String> waiter = cluster.call(() -> there.get(1L, key -> "new"));
    cluster.awaitSteps(RemoteStep.AWAIT, 1);

    cluster.advance(TIMEOUT);

    assertThat(waiter.value()).isEqualTo("new");
    hanging.letGo();
    assertThat(leader.value()).isEqualTo("late");
    assertThat(here.stats().get(Stat.PUBLISH_REFUSED)).isEqualTo(1);
    assertThat(here.getIfPresent(1L)).isEmpty();
    assertThat(there.get(1L, key -> "never")).isEqualTo("new");
    assertThat(here.get(1L, key -> "never")).isEqualTo("new");
  }

  @ParameterizedTest
  @EnumSource
  void aCallerWhoTakesOverHasTheWholeTimeAlthoughItWaitedBefore(Tiers tiers) throws Exception {
    // Otherwise the callers who wait for an origin that hangs take over from one another in quick
    // succession, until all of them hang in their loaders: a stampede.
    TieredCache<Long, String> cache = open(tiers);
    hang(cache);
    cluster.tick();
    HeldLoader second = HeldLoader.returning("second");
    Call<String> takesOver = cluster.call(() -> cache.get(1L, second));
    Cluster.awaitJoined(cache, 1);
    cluster.advance(TIMEOUT.minus(Cluster.STEP));
    second.awaitCalled();
    Call<String> later = cluster.call(() -> cache.get(1L, second));
    Cluster.awaitJoined(cache, 2);

    cluster.advance(Cluster.STEP.multipliedBy(2));
    Call<String> last = cluster.call(() -> cache.get(1L, second));
    Cluster.awaitJoined(cache, 3);
    second.letGo();

    assertThat(takesOver.value()).isEqualTo("second");
    assertThat(later.value()).isEqualTo("second");
    assertThat(last.value()).isEqualTo("second");
    assertThat(second.calls()).isEqualTo(1);
    assertThat(cache.getIfPresent(1L)).hasValue("second");
  }

  @Test
  void aWaiterOfAKeyThatIsInvalidatedAllTheTimeGivesUpAtItsDeadline() throws Exception {
    TieredCache<Long, String> here = open(Tiers.TWO);
    TieredCache<Long, String> there = cluster.node();
    cluster.call(() -> there.get(1L, hanging));
    hanging.awaitCalled();
    anotherLeaderBeforeTheNextRegistration(there);

    Call<String> waiter = cluster.call(() -> here.get(1L, key -> "never"));

    assertThat(waiter.failure()).isInstanceOf(LoadTimeoutException.class);
  }

  private void anotherLeaderBeforeTheNextRegistration(TieredCache<Long, String> there) {
    cluster.server.before(
        RemoteStep.AWAIT,
        () -> {
          cluster.ticker.advance(Cluster.STEP);
          there.invalidate(1L);
          HeldLoader next = HeldLoader.returning("never");
          cluster.call(() -> there.get(1L, next));
          await().atMost(Call.PATIENCE).until(() -> next.calls() == 1);
          anotherLeaderBeforeTheNextRegistration(there);
        });
  }

  @Test
  void aLeaseThatCannotBeGivenUpIsNotTriedAgainAndAgain() throws Exception {
    TieredCache<Long, String> cache = open(Tiers.TWO);
    hang(cache);
    cluster.server.fail(true);

    cluster.advance(TIMEOUT.multipliedBy(20));

    assertThat(cluster.server.countOf(RemoteStep.RELEASE)).isLessThanOrEqualTo(1);
    assertThat(cluster.scheduler.waiting()).as("the next sync").isOne();
  }

  private TieredCache<Long, String> open(Tiers tiers) {
    return cluster.open(tiers.options(cluster).loadTimeout(TIMEOUT));
  }

  private Call<String> hang(TieredCache<Long, String> cache) throws InterruptedException {
    Call<String> leader = cluster.call(() -> cache.get(1L, hanging));
    hanging.awaitCalled();
    return leader;
  }

  @ParameterizedTest
  @EnumSource
  void aRefreshThatHangsIsFollowedByAnotherWhenItsTimeIsUp(Tiers tiers) throws Exception {
    TieredCache<Long, String> cache =
        cluster.open(tiers.options(cluster).staleFor(Duration.ofMinutes(1)).loadTimeout(TIMEOUT));
    cache.get(1L, key -> "old");
    cluster.advance(Duration.ofMinutes(1));
    assertThat(cache.get(1L, hanging)).isEqualTo("old");
    hanging.awaitCalled();
    assertThat(cache.get(1L, key -> "never")).isEqualTo("old");

    cluster.advance(TIMEOUT);

    assertThat(cache.get(1L, key -> "new")).isEqualTo("old");
    await().atMost(Call.PATIENCE).until(() -> cache.getIfPresent(1L).equals(Optional.of("new")));
    hanging.letGo();
  }
}
