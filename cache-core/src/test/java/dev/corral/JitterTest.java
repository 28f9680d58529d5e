package dev.corral;

import static dev.corral.TestCluster.NANO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.codec.StringCodec;
import dev.corral.remote.Lookup;
import dev.corral.remote.RemoteRegion;
import dev.corral.stats.Stat;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JitterTest {

  private static final Duration FRESH = Duration.ofSeconds(10);

  private final TestCluster cluster = new TestCluster();
  private final TestOrigin origin = cluster.origin.set(1, "a");

  private CacheBuilder<Long, String> node() {
    return cluster.node().jitter(0.2).executor(new ManualExecutor());
  }

  @Test
  void theGreatestDrawStillLeavesWhatJitterMayNotCut() {
    cluster.random.draw(ScriptedRandom.ALMOST_ONE);
    var cache = node().build();
    cache.get(1L, origin);

    // A fifth goes at the load, and a fiftieth of the rest at the local fill.
    cluster.ticker.advance(Duration.ofMillis(8_000 * 98 / 100));
    assertFresh(cache, true);
    cluster.ticker.advance(Duration.ofMillis(1));
    assertFresh(cache, false);
  }

  @Test
  void theSmallestDrawCutsNothing() {
    cluster.random.draw(0);
    var cache = node().build();
    cache.get(1L, origin);

    cluster.ticker.advance(FRESH.minus(NANO));
    assertFresh(cache, true);
    cluster.ticker.advance(NANO);
    assertFresh(cache, false);
  }

  @Test
  void theStaleWindowIsNotCut() {
    cluster.random.draw(0.5);
    var cache = node().build();
    cache.get(1L, origin);

    cluster.ticker.advance(Duration.ofSeconds(9).plus(TestCluster.STALE).minus(NANO));
    assertThat(cache.getIfPresent(1L)).isPresent();
    cluster.ticker.advance(NANO);
    assertThat(cache.getIfPresent(1L)).isEmpty();
  }

  @Test
  void withoutAStaleWindowWhatALocalFillCutsOffIsNotServedAsStale() {
    cluster.random.draw(0.5);
    var cache = node().staleFor(Duration.ZERO).build();
    cache.get(1L, origin);

    // A tenth goes at the load, and a hundredth of the rest at the local fill.
    cluster.ticker.advance(Duration.ofMillis(9_000 * 99 / 100));

    assertThat(cache.getIfPresent(1L)).isEmpty();
    assertThat(cache.get(1L, origin)).isEqualTo("a");
    assertThat(cache.stats().get(Stat.STALE_HIT)).isZero();
  }

  @Test
  void whatTheLoadDrewHoldsOnAllNodes() {
    cluster.random.draw(0.5);
    node().build().get(1L, origin);
    cluster.random.draw(0);
    var other = node().build();
    other.get(1L, origin);

    cluster.ticker.advance(Duration.ofSeconds(9).minus(NANO));
    assertFresh(other, true);
    cluster.ticker.advance(NANO);
    assertFresh(other, false);
  }

  @Test
  void aLocalFillCutsALittleOffWhatIsLeft() {
    cluster.random.draw(0);
    node().build().get(1L, origin);
    cluster.advance(Duration.ofSeconds(5));
    cluster.random.draw(0.5);
    var other = node().build();
    other.get(1L, origin);

    // Half of a fiftieth of 5 s.
    cluster.ticker.advance(Duration.ofMillis(4_950).minus(NANO));
    assertFresh(other, true);
    cluster.ticker.advance(NANO);
    assertFresh(other, false);
  }

  @Test
  void aLifeOfOneMillisecondIsNotCutToNothing() {
    cluster.random.draw(ScriptedRandom.ALMOST_ONE);
    var cache =
        cluster
            .bare(Long.class, String.class)
            .freshFor(Duration.ofMillis(1))
            .jitter(Math.nextDown(1.0))
            .remote(cluster.server.newNode(), StringCodec.utf8())
            .build();

    cache.get(1L, origin);

    assertThat(cache.getIfPresent(1L)).contains("a");
  }

  @Test
  void withoutJitterNothingIsDrawn() {
    var cache = cluster.node().build();
    int before = cluster.random.draws();

    cache.get(1L, origin);

    assertThat(cluster.random.draws()).isEqualTo(before);
  }

  @Test
  void aPutValueIsCutToo() {
    cluster.random.draw(ScriptedRandom.ALMOST_ONE);
    var cache = cluster.alone().jitter(0.2).executor(new ManualExecutor()).build();
    cache.put(1L, "a");

    cluster.ticker.advance(Duration.ofSeconds(8));

    assertFresh(cache, false);
  }

  @Test
  void noNodeHoldsAValueLongerThanTheRemoteTier() {
    long seed = Seed.ofThisRun();
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      assertLocalEndsWithRemote(new TestCluster(), random, "round " + round + " of seed " + seed);
    }
  }

  private static void assertLocalEndsWithRemote(TestCluster some, Random random, String where) {
    CacheBuilder<Long, String> options =
        some.bare(Long.class, String.class)
            .freshFor(Duration.ofNanos(1_000_000 + random.nextLong(10_000_000_000L)))
            .staleFor(Duration.ofNanos(1_000_000 + random.nextLong(10_000_000_000L)))
            .jitter(random.nextDouble())
            .random(random::nextDouble)
            .executor(new ManualExecutor());
    var loading = options.remote(some.server.newNode(), StringCodec.utf8()).build();
    var reading = options.remote(some.server.newNode(), StringCodec.utf8()).build();
    var refreshing = options.remote(some.server.newNode(), StringCodec.utf8()).build();
    some.origin.set(1, "a").costs(Duration.ofNanos(random.nextInt(2_000_000_000)));

    loading.get(1L, some.origin);
    letPass(some, random);
    reading.get(1L, some.origin);
    letPass(some, random);
    reading.get(1L, some.origin);
    refreshing.get(1L, some.origin);

    var all = List.of(loading, reading, refreshing);
    try (RemoteRegion region = some.server.newNode().open("products", new DeafNode())) {
      if (region.lookUp("1", Duration.ofMillis(1)) instanceof Lookup.Found found) {
        some.advance(Duration.ofMillis(found.value().leftMillis()));
      }
    }
    assertThat(all).as(where).allMatch(cache -> cache.getIfPresent(1L).isEmpty());
  }

  private static void letPass(TestCluster some, Random random) {
    some.advance(Duration.ofMillis(1 + random.nextInt(5_000)));
  }

  private static void assertFresh(TieredCache<Long, String> cache, boolean fresh) {
    long hits = cache.stats().get(Stat.LOCAL_HIT);
    cache.get(1L, key -> "other");
    assertThat(cache.stats().get(Stat.LOCAL_HIT) > hits).isEqualTo(fresh);
  }
}
