package dev.corral;

import static dev.corral.TestCluster.FRESH;
import static dev.corral.TestCluster.STALE;
import static dev.corral.TestCluster.counts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.Explanation.State;
import dev.corral.remote.RemoteStep;
import dev.corral.stats.Stat;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExplainTest {

  private final TestCluster cluster = new TestCluster();
  private final TestOrigin origin = cluster.origin.set(1, "a");
  private final TieredCache<Long, String> cache = cluster.node().build();
  private final TieredCache<Long, String> other = cluster.node().build();

  private Explanation.Copy here() {
    return cache.explain(1L).local().orElseThrow();
  }

  private Explanation.Remote there() {
    return cache.explain(1L).remote().orElseThrow();
  }

  @Test
  void aKeyThatNobodyHolds() {
    Explanation nothing = cache.explain(1L);

    assertThat(nothing.local()).isEmpty();
    assertThat(nothing.loading()).isFalse();
    assertThat(there().value()).isEmpty();
    assertThat(nothing.toString())
        .startsWith("Key 1 of cache products\n  here: nothing\n  remote: no value\n  partition: ");
  }

  @Test
  void aValueOfBothTiersWithWhatIsLeftOfIt() {
    cache.get(1L, origin);
    cluster.advance(Duration.ofSeconds(4));

    assertThat(here().state()).isEqualTo(State.FRESH);
    assertThat(here().freshFor()).isEqualTo(FRESH.minusSeconds(4));
    assertThat(here().servedFor()).isEqualTo(FRESH.plus(STALE).minusSeconds(4));
    assertThat(here().trusted()).isTrue();
    Explanation.Copy shared = there().value().orElseThrow();
    assertThat(shared.state()).isEqualTo(State.FRESH);
    assertThat(shared.freshFor()).isEqualTo(FRESH.minusSeconds(4));
    assertThat(shared.stamp()).isEqualTo(here().stamp());
    assertThat(cache.explain(1L).toString())
        .contains("here: fresh, fresh for 6000 ms, may be served for 26000 ms, stamp ")
        .contains("remote: fresh, fresh for 6000 ms, may be served for 26000 ms, stamp ");
  }

  @Test
  void aStaleValueAndThenOneThatIsGone() {
    cache.get(1L, origin);

    cluster.advance(FRESH);
    assertThat(here().state()).isEqualTo(State.STALE);
    cluster.advance(Duration.ofSeconds(1));
    assertThat(cache.explain(1L).toString())
        .contains("here: stale, stale for 1000 ms, may be served for another 19000 ms, stamp ");
    assertThat(there().value().orElseThrow().state()).isEqualTo(State.STALE);
    cluster.advance(STALE);
    assertThat(here().state()).isEqualTo(State.GONE);
    assertThat(cache.explain(1L).toString())
        .contains("here: gone, stale for 21000 ms, gone for 1000 ms, stamp ");
    assertThat(there().value()).isEmpty();
  }

  @Test
  void whoHoldsTheLease() {
    cache.get(
        1L,
        key -> {
          Explanation during = other.explain(1L);
          assertThat(during.loading()).isFalse();
          assertThat(during.remote().orElseThrow().state().orElseThrow().holder()).isPresent();
          assertThat(during.toString())
              .containsPattern(
                  "lease: held with token \\w+ for another 3000 ms; 0 nodes are waiting");
          assertThat(cache.explain(1L).loading()).isTrue();
          return "a";
        });
  }

  @Test
  void aKeyThatIsLeftAloneAndWhy() {
    origin.failWith(new IOException("down"));
    cluster.random.draw(0.5);
    assertThatThrownBy(() -> cache.get(1L, origin)).isInstanceOf(LoadFailedException.class);

    assertThat(there().state().orElseThrow().failure()).isPresent();
    assertThat(cache.explain(1L).toString()).contains("back-off: ").contains("down");
  }

  @Test
  void aKeyThatOneTierAloneLeavesAlone() {
    TieredCache<Long, String> alone = cluster.alone().random(() -> 0.5).build();
    origin.failWith(new IOException("down"));
    assertThatThrownBy(() -> alone.get(1L, origin)).isInstanceOf(LoadFailedException.class);

    assertThat(alone.explain(1L).leftAloneFor()).isPresent();
    assertThat(alone.explain(1L).remote()).isEmpty();
  }

  @Test
  void anInvalidationThatIsPending() {
    cluster.server.failNext(1);
    cache.invalidate(1L);

    assertThat(there().pending()).isTrue();
    assertThat(cache.explain(1L).toString()).contains("pending: ");
  }

  @Test
  void aRemoteTierThatDoesNotAnswerIsPartOfTheAnswer() {
    cache.get(1L, origin);
    cluster.server.fail(true);

    assertThat(here().state()).isEqualTo(State.FRESH);
    assertThat(there().failure()).isPresent();
    assertThat(cache.explain(1L).toString()).contains("remote: no answer");
  }

  @Test
  void aSharedValueWhoseTagWasInvalidatedIsNotTrusted() {
    cache.get(
        1L,
        (key, context) -> {
          context.tags("shop:1");
          return "a";
        });
    assertThat(there().value().orElseThrow().trusted()).isTrue();

    other.invalidateTag("shop:1");

    assertThat(there().value().orElseThrow().trusted()).isFalse();
    assertThat(there().value().orElseThrow().voided()).isTrue();
    assertThat(cache.explain(1L).toString())
        .contains("remote: fresh, ", "void: one of its tags was invalidated")
        .doesNotContain("to be checked");
  }

  @Test
  void aLocalValueWhoseTagWasInvalidatedIsVoid() {
    TieredCache<Long, String> alone = cluster.alone().tags((key, value) -> Set.of("s")).build();
    alone.get(1L, origin);
    assertThat(alone.explain(1L).local().orElseThrow().voided()).isFalse();

    alone.invalidateTag("s");

    assertThat(alone.explain(1L).local().orElseThrow().voided()).isTrue();
    assertThat(alone.explain(1L).toString())
        .contains("here: fresh, ", ", void: one of its tags was invalidated")
        .doesNotContain("to be checked");
  }

  @Test
  void anEntryThatIsToBeCheckedFirst() {
    cache.get(1L, origin);
    cluster.server.dropMessages(true);
    other.invalidate(1L);
    cluster.sync();
    cluster.sync();

    assertThat(here().trusted()).isFalse();
    assertThat(here().voided()).isFalse();
    assertThat(cache.explain(1L).toString())
        .contains(", to be checked before it is served")
        .doesNotContain("void");
  }

  @Test
  void aValueWithTagsTakesAnotherRoundTrip() {
    cache.get(
        1L,
        (key, context) -> {
          context.tags("shop:1");
          return "a";
        });
    cluster.server.resetCounts();

    cache.explain(1L);

    assertThat(cluster.server.countOf(RemoteStep.INSPECT)).isEqualTo(1);
    assertThat(cluster.server.countOf(RemoteStep.HOLD)).isEqualTo(1);
    assertThat(cluster.server.countOfAll()).isEqualTo(2);
  }

  @Test
  void toExplainChangesNothingAndTakesOneRoundTrip() {
    cache.get(1L, origin);
    Map<Stat, Long> before = counts(cache);
    cluster.server.resetCounts();

    cache.explain(1L);
    cache.explain(2L);

    assertThat(counts(cache)).isEqualTo(before);
    assertThat(cluster.server.countOf(RemoteStep.INSPECT)).isEqualTo(2);
    assertThat(cluster.server.countOfAll()).isEqualTo(2);
    assertThat(other.get(2L, key -> "b")).as("no lease stands in the way").isEqualTo("b");
  }

  @Test
  void aClosedCacheExplainsNothing() {
    cache.close();

    assertThatIllegalStateException().isThrownBy(() -> cache.explain(1L));
  }
}
