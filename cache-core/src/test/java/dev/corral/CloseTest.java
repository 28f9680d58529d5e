package dev.corral;

import static dev.corral.TestCluster.FRESH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.corral.codec.StringCodec;
import dev.corral.remote.RemoteEvents;
import dev.corral.remote.RemoteRegion;
import dev.corral.remote.RemoteStore;
import dev.corral.remote.RemoteStoreException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloseTest {

  private final TestCluster cluster = new TestCluster();
  private final TestOrigin origin = cluster.origin.set(1, "a");

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everythingAskedOfAClosedCacheIsRefused(boolean shared) {
    var cache = (shared ? cluster.node() : cluster.alone()).build();
    cache.get(1L, origin);
    cache.close();

    assertRefused(() -> cache.get(1L, origin));
    assertRefused(() -> cache.get(1L, (key, context) -> "a"));
    assertRefused(() -> cache.get(1L, Duration.ofDays(1), origin));
    assertRefused(() -> cache.getAll(List.of(1L), origin));
    assertRefused(() -> cache.put(1L, "b"));
    assertRefused(() -> cache.invalidate(1L));
    assertRefused(() -> cache.invalidateAll(List.of(1L)));
    assertRefused(cache::invalidateAll);
    assertThat(origin.loads()).isOne();
  }

  private static void assertRefused(Runnable call) {
    assertThatIllegalStateException().isThrownBy(call::run).withMessage("Cache products is closed");
  }

  @Test
  void futuresOfAClosedCacheFailWithThatWhateverItsExecutor() {
    var owning = TieredCache.<Long, String>builder("products").freshFor(FRESH).build();
    var given = cluster.alone().build();

    for (var cache : List.of(owning, given)) {
      cache.close();
      assertRefused(cache.getAsync(1L, origin));
      assertRefused(cache.refresh(1L, origin));
    }
  }

  private static void assertRefused(CompletableFuture<?> future) {
    assertThat(future)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(IllegalStateException.class)
        .withMessage("Cache products is closed");
  }

  @Test
  void whatWasHeldIsDropped() {
    var cache = cluster.node().build();
    cache.get(1L, origin);

    cache.close();

    assertThat(cache.getIfPresent(1L)).isEmpty();
    assertThat(cache.estimatedSize()).isZero();
  }

  @Test
  void factsAboutAClosedCacheCanStillBeRead() {
    var cache = cluster.node().build();
    cache.get(1L, origin);
    cache.close();

    assertThat(cache.name()).isEqualTo("products");
    assertThat(cache.stats().loads()).isOne();
    assertThat(cache.toString()).startsWith("TieredCache[products, ");
  }

  @Test
  void whatTheRemoteTierHoldsStays() {
    var cache = cluster.node().build();
    cache.get(1L, origin);
    cache.close();

    assertThat(cluster.node().build().get(1L, origin.set(1, "b"))).isEqualTo("a");
  }

  @Test
  void closingTwiceIsClosing() {
    var cache = cluster.node().build();
    cache.close();
    cache.close();

    assertRefused(() -> cache.get(1L, origin));
  }

  @Test
  void aClosedCacheHearsNothingOfOthers() {
    RecordedListener listener = new RecordedListener();
    var cache = cluster.node().listener(listener).build();
    cache.close();
    listener.news();

    cluster.node().build().invalidate(1L);

    assertThat(listener.news()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLoadThatIsUnderWayEndsWellAndIsNotHeld(boolean shared) {
    var cache = (shared ? cluster.node() : cluster.alone()).build();

    String value =
        cache.get(
            1L,
            key -> {
              cache.close();
              return "a";
            });

    assertThat(value).isEqualTo("a");
    assertThat(cache.getIfPresent(1L)).isEmpty();
    assertThat(cache.estimatedSize()).isZero();
  }

  @Test
  void aLoadThatIsUnderWayStillServesTheOtherNodes() {
    var cache = cluster.node().build();

    cache.get(
        1L,
        key -> {
          cache.close();
          return "a";
        });

    assertThat(cluster.node().build().get(1L, origin.set(1, "b"))).isEqualTo("a");
  }

  @Test
  void theThreadsOfACacheEndWithIt() {
    var cache =
        TieredCache.<Long, String>builder("closing")
            .freshFor(FRESH)
            .remote(cluster.server.newNode(), StringCodec.utf8())
            .build();
    assertThat(cache.getAsync(1L, key -> "a").join()).isEqualTo("a");
    assertThat(cache.get(2L, key -> "b")).isEqualTo("b");

    cache.close();

    Awaitility.await().until(() -> threadsOf("corral-closing").isEmpty());
  }

  static List<String> threadsOf(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith(prefix))
        .toList();
  }

  @Test
  void whatTheUserGaveIsNotClosed() {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    var store = cluster.server.newNode();
    try {
      cluster
          .alone()
          .executor(executor)
          .scheduler(scheduler)
          .remote(store, StringCodec.utf8())
          .build()
          .close();

      assertThat(executor.isShutdown()).isFalse();
      assertThat(scheduler.isShutdown()).isFalse();
      var next = cluster.alone().remote(store, StringCodec.utf8()).build();
      assertThat(next.get(1L, origin)).isEqualTo("a");
    } finally {
      executor.shutdown();
      scheduler.shutdown();
    }
  }

  @Test
  void aStoreThatCannotBeLeftDoesNotKeepTheRestOpen() {
    var cache = cluster.alone().remote(storeThatCannotBeLeft(), StringCodec.utf8()).build();
    cache.get(1L, origin);

    org.assertj.core.api.Assertions.assertThatExceptionOfType(RemoteStoreException.class)
        .isThrownBy(cache::close);

    assertThat(cache.getIfPresent(1L)).isEmpty();
    assertRefused(() -> cache.get(1L, origin));
  }

  private RemoteStore storeThatCannotBeLeft() {
    RemoteStore store = cluster.server.newNode();
    return new RemoteStore() {
      @Override
      public RemoteRegion open(String name, RemoteEvents events) {
        RemoteRegion region = store.open(name, events);
        InvocationHandler failing =
            (proxy, method, args) -> {
              if (method.getName().equals("close")) {
                throw new RemoteStoreException("no way out");
              }
              return method.invoke(region, args);
            };
        return (RemoteRegion)
            Proxy.newProxyInstance(
                RemoteRegion.class.getClassLoader(), new Class<?>[] {RemoteRegion.class}, failing);
      }

      @Override
      public void close() {
        store.close();
      }
    };
  }
}
