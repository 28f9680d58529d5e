package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.stats.Stat;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The lease is lost while the loader runs, and no message has said so yet. */
class RefusedPublishTest {

  private static final Duration LEASE_TIME = Duration.ofSeconds(3);

  /** The ways to lose a lease. */
  enum Loss {
    INVALIDATED {
      @Override
      void strike(Cluster cluster, TieredCache<Long, String> there) {
        there.invalidate(1L);
      }
    },
    CLEARED {
      @Override
      void strike(Cluster cluster, TieredCache<Long, String> there) {
        there.invalidateAll();
      }
    },
    EXPIRED {
      @Override
      void strike(Cluster cluster, TieredCache<Long, String> there) {
        // The scheduler stands still: no renewal comes in time.
        cluster.server.advance(LEASE_TIME);
      }
    },
    FLUSHED {
      @Override
      void strike(Cluster cluster, TieredCache<Long, String> there) {
        cluster.server.flush();
      }
    };

    abstract void strike(Cluster cluster, TieredCache<Long, String> there);
  }

  private final Cluster cluster = new Cluster();
  private final Queue<Long> refused = new ConcurrentLinkedQueue<>();
  private final TieredCache<Long, String> here =
      cluster.open(
          cluster
              .shared()
              .leaseTime(LEASE_TIME)
              .listener(
                  new CacheListener<>() {
                    @Override
                    public void publishRefused(Long key) {
                      refused.add(key);
                    }
                  }));
  private final TieredCache<Long, String> there = cluster.node();
  private final HeldLoader old = HeldLoader.returning("old");

  @AfterEach
  void close() {
    cluster.close();
  }

  @ParameterizedTest
  @EnumSource
  void theValueIsForTheLeaderAndNoTierKeepsIt(Loss loss) throws Exception {
    Call<String> leader = cluster.call(() -> here.get(1L, old));
    old.awaitCalled();
    cluster.server.holdMessages();
    loss.strike(cluster, there);
    cluster.tick();

    old.letGo();

    assertThat(leader.value()).isEqualTo("old");
    assertThat(here.getIfPresent(1L)).isEmpty();
    assertThat(there.get(1L, key -> "new")).isEqualTo("new");
    assertThat(here.get(1L, key -> "never")).isEqualTo("new");
    assertThat(here.stats().get(Stat.PUBLISH_REFUSED)).isEqualTo(1);
    assertThat(refused).containsExactly(1L);
  }

  @ParameterizedTest
  @EnumSource
  void whoAskedBeforeTheLoadBeganTakesItAndWhoAskedLaterLoadsAnew(Loss loss) throws Exception {
    HeldLoader fresh = HeldLoader.returning("new");
    Call<String> leader = cluster.call(() -> here.get(1L, old));
    old.awaitCalled();
    Call<String> before = cluster.call(() -> here.get(1L, key -> "never"));
    Cluster.awaitJoined(here, 1);
    cluster.tick();
    cluster.server.holdMessages();
    loss.strike(cluster, there);
    Call<String> after = cluster.call(() -> here.get(1L, fresh));
    Call<String> alsoAfter = cluster.call(() -> here.get(1L, fresh));
    Cluster.awaitJoined(here, 3);

    old.letGo();

    assertThat(leader.value()).isEqualTo("old");
    assertThat(before.value()).isEqualTo("old");
    fresh.awaitCalled().letGo();
    assertThat(after.value()).isEqualTo("new");
    assertThat(alsoAfter.value()).isEqualTo("new");
    assertThat(fresh.calls()).isEqualTo(1);
    assertThat(there.get(1L, key -> "never")).isEqualTo("new");
  }

  @ParameterizedTest
  @EnumSource
  void whoeverHasTakenOverMeanwhileIsNotDisturbed(Loss loss) throws Exception {
    HeldLoader fresh = HeldLoader.returning("new");
    Call<String> leader = cluster.call(() -> here.get(1L, old));
    old.awaitCalled();
    cluster.server.holdMessages();
    loss.strike(cluster, there);
    Call<String> other = cluster.call(() -> there.get(1L, fresh));
    fresh.awaitCalled();

    old.letGo();
    assertThat(leader.value()).isEqualTo("old");
    fresh.letGo();

    assertThat(other.value()).isEqualTo("new");
    assertThat(there.getIfPresent(1L)).hasValue("new");
    assertThat(here.get(1L, key -> "never")).isEqualTo("new");
  }
}
