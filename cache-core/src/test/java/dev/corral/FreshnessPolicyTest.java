package dev.corral;

import static dev.corral.TestCluster.NANO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.corral.codec.StringCodec;
import dev.corral.remote.RemoteStep;
import dev.corral.stats.Stat;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FreshnessPolicyTest {

  private final TestCluster cluster = new TestCluster();
  private final TestOrigin origin = cluster.origin;

  private CacheBuilder<Long, String> alone() {
    return cluster.bare(Long.class, String.class).freshness(FreshnessPolicyTest::policy);
  }

  private CacheBuilder<Long, String> node() {
    return alone().remote(cluster.server.newNode(), StringCodec.utf8());
  }

  private static Freshness policy(Long key, String value) {
    if (value.equals("secret")) {
      return Freshness.uncached();
    }
    Freshness freshness = Freshness.fresh(Duration.ofSeconds(key));
    return value.equals("popular") ? freshness.thenStale(Duration.ofSeconds(1)) : freshness;
  }

  @Test
  void eachKeyAndValueHasATimeOfItsOwn() {
    var cache = alone().build();
    cache.get(1L, origin.set(1, "plain").set(2, "popular"));
    cache.get(2L, origin);

    cluster.ticker.advance(Duration.ofSeconds(1));
    assertThat(cache.getIfPresent(1L)).isEmpty();

    cluster.ticker.advance(Duration.ofSeconds(2).minus(NANO));
    assertThat(cache.getIfPresent(2L)).contains("popular");
    cluster.ticker.advance(NANO);
    assertThat(cache.getIfPresent(2L)).isEmpty();
  }

  @Test
  void theTimesOfTheLoadingNodeHoldOnAllNodes() {
    node().build().get(2L, origin.set(2, "popular"));
    var other =
        cluster
            .bare(Long.class, String.class)
            .freshFor(Duration.ofDays(1))
            .remote(cluster.server.newNode(), StringCodec.utf8())
            .build();

    other.get(2L, origin);
    cluster.ticker.advance(Duration.ofSeconds(3).minus(NANO));
    assertThat(other.getIfPresent(2L)).contains("popular");
    cluster.ticker.advance(NANO);
    assertThat(other.getIfPresent(2L)).isEmpty();
  }

  @Test
  void whatIsUncachedIsKeptNowhere() {
    var cache = node().build();
    origin.set(1, "secret");

    assertThat(cache.get(1L, origin)).isEqualTo("secret");
    assertThat(cache.getIfPresent(1L)).isEmpty();
    assertThat(cache.get(1L, origin)).isEqualTo("secret");

    assertThat(origin.loads()).isEqualTo(2);
    assertThat(cluster.server.countOf(RemoteStep.PUBLISH)).isZero();
    assertThat(cluster.server.countOf(RemoteStep.DELIVER)).isEqualTo(2);
  }

  @Test
  void whatIsUncachedIsKeptNowhereByASingleTierEither() {
    var cache = alone().build();
    origin.set(1, "secret");

    assertThat(cache.get(1L, origin)).isEqualTo("secret");
    assertThat(cache.get(1L, origin)).isEqualTo("secret");

    assertThat(origin.loads()).isEqualTo(2);
    assertThat(cache.estimatedSize()).isZero();
  }

  @Test
  void aValueThatBecomesUncachedReplacesTheOneThatWasHeld() {
    var cache = alone().build();
    cache.get(1L, origin.set(1, "popular"));
    cluster.ticker.advance(Duration.ofSeconds(1));

    cache.get(1L, origin.set(1, "secret"));

    assertThat(cache.getIfPresent(1L)).isEmpty();
    assertThat(cache.get(1L, origin)).isEqualTo("secret");
  }

  @Test
  void aValueThatBecomesUncachedReplacesTheOneThatAllNodesHeld() {
    var cache = node().build();
    var other = node().build();
    cache.get(1L, origin.set(1, "popular"));
    other.get(1L, origin);
    cluster.advance(Duration.ofSeconds(1));

    cache.get(1L, origin.set(1, "secret"));

    assertThat(other.getIfPresent(1L)).isEmpty();
    assertThat(other.get(1L, origin)).isEqualTo("secret");
    assertThat(cache.get(1L, origin)).isEqualTo("secret");
  }

  @Test
  void aPolicyThatThrowsFailsTheLoad() {
    IllegalStateException trouble = new IllegalStateException("no idea");
    var cache =
        cluster
            .bare(Long.class, String.class)
            .freshness(
                (key, value) -> {
                  throw trouble;
                })
            .build();

    assertThatExceptionOfType(LoadFailedException.class)
        .isThrownBy(() -> cache.get(1L, origin.set(1, "a")))
        .withCause(trouble);
  }

  @Test
  @SuppressWarnings("NullAway") // that is what the test is about
  void aPolicyThatReturnsNullFailsTheLoadForTheCluster() {
    var cache =
        cluster
            .bare(Long.class, String.class)
            .freshness((key, value) -> null)
            .remote(cluster.server.newNode(), StringCodec.utf8())
            .build();
    origin.set(1, "a");

    assertThatExceptionOfType(LoadFailedException.class)
        .isThrownBy(() -> cache.get(1L, origin))
        .withStackTraceContaining("The freshness option returned null for key 1");
    assertThatExceptionOfType(LoadFailedException.class).isThrownBy(() -> cache.get(1L, origin));
    assertThat(origin.loads()).isOne();
    assertThat(cache.stats().get(Stat.LOAD_FAILURE)).isOne();
    assertThatNullPointerException()
        .isThrownBy(() -> cache.put(1L, "a"))
        .withMessage("The freshness option returned null for key 1");
  }
}
