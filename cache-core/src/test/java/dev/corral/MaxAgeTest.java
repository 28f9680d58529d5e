package dev.corral;

import static dev.corral.TestCluster.FRESH;
import static dev.corral.TestCluster.NANO;
import static dev.corral.TestCluster.STALE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.corral.stats.Stat;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaxAgeTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HUGE = Duration.ofSeconds(Long.MAX_VALUE);

  private final TestCluster cluster = new TestCluster();
  private final TestOrigin origin = cluster.origin.set(1, "old");

  @Test
  void aValueIsServedUpToItsMaximumAge() {
    var cache = cluster.alone().build();
    cache.get(1L, origin);
    origin.set(1, "new");

    cluster.ticker.advance(SECOND);
    assertThat(cache.get(1L, SECOND, origin)).isEqualTo("old");

    cluster.ticker.advance(NANO);
    assertThat(cache.get(1L, SECOND, origin)).isEqualTo("new");
    assertThat(cache.get(1L, origin)).isEqualTo("new");
  }

  @Test
  void ageCountsFromTheBeginningOfTheLoad() {
    var cache = cluster.alone().build();
    cache.get(1L, origin.costs(SECOND));

    assertThat(cache.get(1L, SECOND, origin)).isEqualTo("old");
    cluster.ticker.advance(NANO);
    cache.get(1L, SECOND, origin);

    assertThat(origin.loads()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void zeroAlwaysLoads(boolean shared) {
    var cache = (shared ? cluster.node() : cluster.alone()).build();
    cache.get(1L, origin);
    cluster.advance(Duration.ofMillis(1));

    assertThat(cache.get(1L, Duration.ZERO, origin.set(1, "new"))).isEqualTo("new");
    assertThat(cache.get(1L, origin)).isEqualTo("new");
    assertThat(origin.loads()).isEqualTo(2);
  }

  @Test
  void aValueThatWasPublishedInTheSameMillisecondIsOlderThanTheCall() {
    var cache = cluster.node().build();
    cache.get(1L, origin);
    cluster.ticker.advance(NANO); // the remote tier counts milliseconds: for it, no time went by

    assertThat(cache.get(1L, Duration.ZERO, origin.set(1, "new"))).isEqualTo("new");
    cluster.ticker.advance(NANO);
    assertThat(cache.refresh(1L, origin.set(1, "newer"))).isCompletedWithValue("newer");
    assertThat(origin.loads()).isEqualTo(3);
  }

  @Test
  void othersGoOnWithTheOldValueMeanwhile() {
    var cache = cluster.node().build();
    var other = cluster.node().build();
    cache.get(1L, origin);
    cluster.advance(SECOND);

    cache.get(
        1L,
        Duration.ZERO,
        key -> {
          assertThat(cache.get(1L, origin)).isEqualTo("old");
          assertThat(other.get(1L, origin)).isEqualTo("old");
          return "new";
        });

    assertThat(cluster.node().build().get(1L, origin)).isEqualTo("new");
    assertThat(origin.loads()).isOne();
  }

  @Test
  void whatIsTooOldHereMayBeYoungEnoughInTheRemoteTier() {
    var cache = cluster.node().build();
    var other = cluster.node().build();
    cache.get(1L, origin);
    cluster.advance(SECOND);
    other.get(1L, Duration.ZERO, origin.set(1, "new"));

    assertThat(cache.get(1L, Duration.ofMillis(10), origin)).isEqualTo("new");

    assertThat(origin.loads()).isEqualTo(2);
    assertThat(cache.stats().get(Stat.REMOTE_HIT)).isOne();
  }

  @Test
  void ageCountsThroughTheRemoteTier() {
    cluster.node().build().get(1L, origin.costs(SECOND));
    cluster.advance(SECOND);
    var other = cluster.node().build();

    // Two seconds, and the millisecond that the remote tier may not have counted.
    assertThat(other.get(1L, Duration.ofMillis(2_001), origin)).isEqualTo("old");
    cluster.advance(Duration.ofMillis(1));
    other.get(1L, Duration.ofMillis(2_001), origin);

    assertThat(origin.loads()).isEqualTo(2);
  }

  @Test
  void aStaleValueThatIsYoungEnoughIsServed() {
    var cache = cluster.alone().executor(new ManualExecutor()).build();
    cache.get(1L, origin);
    cluster.ticker.advance(FRESH);

    assertThat(cache.get(1L, FRESH, origin)).isEqualTo("old");
    assertThat(cache.stats().get(Stat.STALE_HIT)).isOne();
  }

  @Test
  void aHugeAgeIsNoLimit() {
    var cache = cluster.alone().executor(new ManualExecutor()).build();
    cache.get(1L, origin);
    cluster.ticker.advance(FRESH.plus(STALE).minus(NANO));

    assertThat(cache.get(1L, HUGE, origin.set(1, "new"))).isEqualTo("old");
    cluster.ticker.advance(NANO);
    assertThat(cache.get(1L, HUGE, origin)).isEqualTo("new");
  }

  @Test
  void aNegativeAgeIsRefused() {
    var cache = cluster.alone().build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> cache.get(1L, NANO.negated(), origin))
        .withMessage("maxAge must not be negative: PT-0.000000001S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cache.get(1L, HUGE.negated(), (key, context) -> "a"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsTooOldIsNotServedThoughTheLoadFails(boolean shared) {
    var cache = (shared ? cluster.node() : cluster.alone()).build();
    cache.get(1L, origin);
    cluster.advance(SECOND);
    origin.failWith(new IOException("down"));

    assertThatExceptionOfType(LoadFailedException.class)
        .isThrownBy(() -> cache.get(1L, Duration.ZERO, origin));
    assertThatExceptionOfType(LoadFailedException.class)
        .isThrownBy(() -> cache.get(1L, Duration.ZERO, origin));
    assertThat(cache.get(1L, origin)).isEqualTo("old");
  }
}
