package dev.corral;

import static dev.corral.TestCluster.FRESH;
import static dev.corral.TestCluster.counts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.codec.BytesCodec;
import dev.corral.origin.LoadRequest;
import dev.corral.origin.Origin;
import dev.corral.origin.Priority;
import dev.corral.remote.RemoteStep;
import dev.corral.remote.RemoteStoreException;
import dev.corral.stats.Stat;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StatsTest {

  private static final Duration COST = Duration.ofMillis(3);

  /** A situation, what happens in it, and all that is counted of that. */
  private record Row(
      String name, Consumer<Scene> before, Consumer<Scene> what, Map<Stat, Long> counted) {

    @Override
    public String toString() {
      return name;
    }
  }

  /** A node under observation, and another one. */
  private static final class Scene {
    final TestCluster cluster = new TestCluster();
    final TestOrigin origin = cluster.origin.set(1, "a").set(2, "b").costs(COST);
    final ManualExecutor executor = new ManualExecutor();
    final Origin database = Origin.named("db").maxConcurrentLoads(1).maxQueuedLoads(0).build();
    final TieredCache<Long, String> cache =
        cluster.node().executor(executor).version(String::length).origin(database).build();
    final TieredCache<Long, String> other = cluster.node().build();

    void get() {
      cache.get(1L, origin);
    }

    /** Does something while the origin takes no loads. */
    void whileOccupied(Runnable action) {
      LoadRequest all = new LoadRequest(Priority.MISS, Duration.ZERO, Durations.LONGEST);
      try {
        database.load(all, Executors.callable(action));
      } catch (Exception e) {
        throw new AssertionError("nothing else uses the origin", e);
      }
    }

    void goStale() {
      cluster.advance(FRESH);
    }
  }

  private static Row row(
      String name, Consumer<Scene> before, Consumer<Scene> what, Object... counted) {
    Map<Stat, Long> counts = new EnumMap<>(Stat.class);
    for (int i = 0; i < counted.length; i += 2) {
      counts.put((Stat) counted[i], ((Number) counted[i + 1]).longValue());
    }
    return new Row(name, before, what, counts);
  }

  private static Stream<Row> rows() {
    Consumer<Scene> nothing = scene -> {};
    Consumer<Scene> held = Scene::get;
    Consumer<Scene> heldByOther = scene -> scene.other.get(1L, scene.origin);
    Consumer<Scene> stale = held.andThen(Scene::goStale);
    long cost = COST.toNanos();
    return Stream.of(
        row("a fresh value", held, Scene::get, Stat.LOCAL_HIT, 1),
        row(
            "a fresh value, in each other way",
            held,
            scene -> {
              scene.cache.get(1L, (key, context) -> "x");
              scene.cache.get(1L, FRESH, scene.origin);
              assertThat(scene.cache.getAsync(1L, scene.origin)).isDone();
              scene.cache.getAll(List.of(1L), scene.origin);
            },
            Stat.LOCAL_HIT,
            4),
        row("a stale value", stale, Scene::get, Stat.STALE_HIT, 1),
        row(
            "a load",
            nothing,
            Scene::get,
            Stat.MISS,
            1,
            Stat.LEASE_GRANTED,
            1,
            Stat.LOAD,
            1,
            Stat.LOAD_NANOS,
            cost),
        row(
            "a load that fails",
            scene -> scene.origin.failWith(new IOException("down")),
            scene -> assertThatThrownBy(scene::get).isInstanceOf(LoadFailedException.class),
            Stat.MISS,
            1,
            Stat.LEASE_GRANTED,
            1,
            Stat.LOAD_FAILURE,
            1,
            Stat.LOAD_NANOS,
            cost),
        row(
            "a failure that the cluster remembers",
            scene -> {
              scene.origin.failWith(new IOException("down"));
              assertThatThrownBy(() -> heldByOther.accept(scene));
            },
            scene -> assertThatThrownBy(scene::get).isInstanceOf(LoadFailedException.class),
            Stat.MISS,
            1,
            Stat.BACKED_OFF,
            1),
        row(
            "a value that has no bytes",
            scene -> scene.origin.set(1, "\ud800"),
            Scene::get,
            Stat.MISS,
            1,
            Stat.LEASE_GRANTED,
            1,
            Stat.LOAD,
            1,
            Stat.LOAD_NANOS,
            cost,
            Stat.UNSHARED,
            1),
        row(
            "a load that its origin does not take",
            nothing,
            scene ->
                scene.whileOccupied(
                    () -> assertThatThrownBy(scene::get).isInstanceOf(LoadRejectedException.class)),
            Stat.MISS,
            1,
            Stat.LEASE_GRANTED,
            1,
            Stat.LOAD_REJECTED,
            1),
        row(
            "a value of the remote tier",
            heldByOther,
            Scene::get,
            Stat.MISS,
            1,
            Stat.REMOTE_HIT,
            1),
        row(
            "a stale value of the remote tier",
            heldByOther.andThen(Scene::goStale),
            Scene::get,
            Stat.MISS,
            1,
            Stat.STALE_MISS,
            1,
            Stat.REMOTE_HIT,
            1),
        row(
            "several keys: one held, one in the remote tier, two loaded at once",
            held.andThen(scene -> scene.other.get(2L, scene.origin)),
            scene -> scene.cache.getAll(List.of(1L, 2L, 3L, 4L), scene.origin),
            Stat.LOCAL_HIT,
            1,
            Stat.MISS,
            3,
            Stat.REMOTE_HIT,
            1,
            Stat.LEASE_GRANTED,
            2,
            Stat.LOAD,
            1,
            Stat.LOAD_NANOS,
            cost),
        row(
            "several stale keys of the remote tier",
            scene -> {
              scene.other.getAll(List.of(1L, 2L), scene.origin);
              scene.goStale();
            },
            scene -> scene.cache.getAll(List.of(1L, 2L), scene.origin),
            Stat.MISS,
            2,
            Stat.STALE_MISS,
            2,
            Stat.REMOTE_HIT,
            2),
        row(
            "a refresh in the background",
            stale.andThen(Scene::get),
            scene -> scene.executor.runAll(),
            Stat.REFRESH,
            1,
            Stat.LEASE_GRANTED,
            1,
            Stat.LOAD,
            1,
            Stat.LOAD_NANOS,
            cost),
        row(
            "a refresh that another node was quicker with",
            stale.andThen(Scene::get).andThen(heldByOther),
            scene -> scene.executor.runAll(),
            Stat.REFRESH,
            1,
            Stat.LEASE_GRANTED,
            1,
            Stat.REMOTE_HIT,
            1,
            Stat.REFRESH_FOUND,
            1),
        row(
            "a refresh that the executor refuses",
            stale.andThen(scene -> scene.executor.reject(true)),
            Scene::get,
            Stat.STALE_HIT,
            1,
            Stat.REFRESH_DROPPED,
            1),
        row(
            "a refresh on request",
            held.andThen(scene -> scene.cluster.advance(COST)),
            scene -> {
              assertThat(scene.cache.refresh(1L, scene.origin)).isNotDone();
              scene.executor.runAll();
            },
            Stat.LEASE_GRANTED,
            1,
            Stat.LOAD,
            1,
            Stat.LOAD_NANOS,
            cost),
        row(
            "a load that is overtaken by an invalidation",
            nothing,
            scene ->
                scene.cache.get(
                    1L,
                    key -> {
                      scene.other.invalidate(1L);
                      return "a";
                    }),
            Stat.MISS,
            1,
            Stat.LEASE_GRANTED,
            1,
            Stat.LOAD,
            1,
            Stat.INVALIDATION_RECEIVED,
            1,
            Stat.PUBLISH_REFUSED,
            1),
        row(
            "a lease that is revoked while its load runs, and was to be renewed",
            nothing,
            scene ->
                scene.cache.get(
                    1L,
                    key -> {
                      scene.other.invalidate(1L);
                      scene.cluster.ticker.advance(Duration.ofSeconds(1));
                      scene.cluster.scheduler.advance(Duration.ofSeconds(1));
                      return "a";
                    }),
            Stat.MISS,
            1,
            Stat.LOAD_NANOS,
            Duration.ofSeconds(1).toNanos(),
            Stat.LEASE_GRANTED,
            1,
            Stat.LEASE_LOST,
            1,
            Stat.LOAD,
            1,
            Stat.INVALIDATION_RECEIVED,
            1,
            Stat.PUBLISH_REFUSED,
            1),
        row(
            "a load that brings something older than an invalidation has told of",
            nothing,
            scene -> {
              scene.cache.invalidate(1L, 5);
              scene.get();
            },
            Stat.INVALIDATION_SENT,
            1,
            Stat.MISS,
            1,
            Stat.LEASE_GRANTED,
            1,
            Stat.LOAD,
            1,
            Stat.LOAD_NANOS,
            cost,
            Stat.VERSION_REFUSED,
            1),
        row(
            "bytes that cannot be read",
            scene ->
                scene
                    .cluster
                    .bare(Long.class, byte[].class)
                    .freshFor(FRESH)
                    .remote(scene.cluster.server.newNode(), BytesCodec.asIs())
                    .build()
                    .put(1L, new byte[1]),
            Scene::get,
            Stat.MISS,
            1,
            Stat.MALFORMED,
            1,
            Stat.LEASE_GRANTED,
            1,
            Stat.LOAD,
            1,
            Stat.LOAD_NANOS,
            cost),
        row(
            "a remote tier that is away",
            scene -> scene.cluster.server.fail(true),
            Scene::get,
            Stat.MISS,
            1,
            Stat.REMOTE_FAILURE,
            1,
            Stat.LOAD,
            1,
            Stat.LOAD_NANOS,
            cost),
        row(
            "a remote tier that is known to be away",
            scene ->
                scene.cluster.server.before(
                    RemoteStep.LOOK_UP,
                    () -> {
                      throw RemoteStoreException.refused("known", new IllegalStateException());
                    }),
            Scene::get,
            Stat.MISS,
            1,
            Stat.REMOTE_REFUSED,
            1,
            Stat.LOAD,
            1,
            Stat.LOAD_NANOS,
            cost),
        row("a put", held, scene -> scene.cache.put(1L, "b"), Stat.PUT, 1),
        row(
            "invalidations, in keys; all keys are one",
            held,
            scene -> {
              scene.cache.invalidate(1L);
              scene.cache.invalidateAll(List.of(1L, 2L, 1L));
              scene.cache.invalidateAll();
            },
            Stat.INVALIDATION_SENT,
            4),
        row(
            "invalidations of another node, a put among them",
            held,
            scene -> {
              scene.other.invalidateAll(List.of(1L, 2L));
              scene.other.put(1L, "b");
              scene.other.invalidateAll();
            },
            Stat.INVALIDATION_RECEIVED,
            4),
        row(
            "a missed message, and the check that it costs",
            held,
            scene -> {
              scene.cluster.server.dropMessages(true);
              scene.other.invalidate(1L);
              scene.cluster.server.dropMessages(false);
              scene.other.invalidate(1L);
            },
            Stat.INVALIDATION_RECEIVED,
            1,
            Stat.PARTITION_SUSPECTED,
            1),
        row(
            "an entry that is still good, though a message was missed",
            held,
            scene -> {
              scene.cluster.server.dropMessages(true);
              scene.other.invalidate(Neighbours.of(1, 1).get(0));
              scene.cluster.server.dropMessages(false);
              scene.cluster.sync();
              scene.cluster.sync();
              scene.get();
            },
            Stat.PARTITION_SUSPECTED,
            1,
            Stat.REVALIDATION,
            1,
            Stat.MISS,
            1,
            Stat.REMOTE_HIT,
            1),
        row(
            "an invalidation that arrives later",
            held,
            scene -> {
              scene.cluster.server.failNext(1);
              scene.cache.invalidateAll(List.of(1L, 2L));
              scene.cluster.sync();
            },
            Stat.INVALIDATION_SENT,
            2,
            Stat.REMOTE_FAILURE,
            1,
            Stat.INVALIDATION_REPLAYED,
            2),
        row(
            "changes of the origin",
            held,
            scene -> {
              scene.cache.write(1L, "b", (key, value) -> scene.origin.set(key, value));
              scene.cache.change(2L, () -> scene.origin.remove(2));
            },
            Stat.WRITE,
            2),
        row(
            "a closed cache",
            scene -> scene.cache.close(),
            scene -> assertThatThrownBy(scene::get).isInstanceOf(IllegalStateException.class)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void eachThingIsCountedWhereItBelongsAndNowhereElse(Row row) {
    Scene scene = new Scene();
    row.before().accept(scene);
    Map<Stat, Long> before = counts(scene.cache);

    row.what().accept(scene);

    Map<Stat, Long> counted = counts(scene.cache);
    counted.replaceAll((stat, count) -> count - before.getOrDefault(stat, 0L));
    counted.values().removeIf(count -> count == 0);
    assertThat(counted).isEqualTo(row.counted());
  }

  @Test
  void theTableLeavesOutOnlyWhatNeedsThreadsOrRoom() {
    Set<Stat> elsewhere =
        EnumSet.of(Stat.COALESCED, Stat.REMOTE_HIT_SHARED, Stat.REMOTE_WAIT, Stat.EVICTION);

    Set<Stat> shown = EnumSet.noneOf(Stat.class);
    rows().forEach(row -> shown.addAll(row.counted().keySet()));

    assertThat(shown).isEqualTo(EnumSet.complementOf(EnumSet.copyOf(elsewhere)));
  }

  @Test
  void eachGetIsAHitOrAMiss() {
    Scene scene = new Scene();
    scene.get(); // load
    scene.get(); // fresh
    scene.goStale();
    scene.get(); // stale
    scene.other.get(1L, scene.origin); // stale, and in the remote tier

    var stats = scene.cache.stats();
    assertThat(stats.hits()).isEqualTo(2);
    assertThat(stats.misses()).isOne();
    assertThat(scene.other.stats().hits()).isZero();
    assertThat(scene.other.stats().misses()).isOne();
  }

  @Test
  void loadsAreThoseThatWorkedAndThoseThatFailed() {
    Scene scene = new Scene();
    scene.get();
    scene.origin.failWith(new IOException("down"));
    assertThatThrownBy(() -> scene.cache.get(2L, scene.origin));

    assertThat(scene.cache.stats().loads()).isEqualTo(2);
    assertThat(scene.cache.stats().loadTime()).isEqualTo(COST.multipliedBy(2));
  }

  @Test
  void aSnapshotDoesNotMove() {
    Scene scene = new Scene();
    var before = scene.cache.stats();
    scene.get();

    assertThat(before.misses()).isZero();
    assertThat(before).hasToString("CacheStats[]");
    assertThat(scene.cache.stats())
        .hasToString("CacheStats[miss=1, load=1, load_nanos=3000000, lease_granted=1]");
  }
}
