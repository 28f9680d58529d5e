package dev.corral;

import static dev.corral.TestCluster.FRESH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.observe.Step;
import dev.corral.observe.StepObserver;
import dev.corral.remote.RemoteRegion;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ObserverTest {

  private final TestCluster cluster = new TestCluster();
  private final Told told = new Told();

  /** Writes down each begin, and each end with the failure. */
  private static final class Told implements StepObserver {
    final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public Ongoing begin(Step step) {
      String text =
          "%s %s of %d in %s".formatted(step.kind(), step.name(), step.keys(), step.cache());
      lines.add("> " + text);
      return failure -> lines.add("< " + text + (failure == null ? "" : " " + name(failure)));
    }

    private static String name(Throwable failure) {
      return failure.getClass().getSimpleName();
    }

    List<String> take() {
      List<String> copy = List.copyOf(lines);
      lines.clear();
      return copy;
    }
  }

  @Test
  void aLoadLiesBetweenTheStepsThatGrantItsLeaseAndPublish() {
    TieredCache<Long, String> cache = cluster.node().observer(told).build();
    told.take();

    cache.get(1L, cluster.origin.set(1, "a"));

    assertThat(told.take())
        .containsExactly(
            "> REMOTE lookUp of 1 in products",
            "< REMOTE lookUp of 1 in products",
            "> LOAD load of 1 in products",
            "< LOAD load of 1 in products",
            "> REMOTE publish of 1 in products",
            "< REMOTE publish of 1 in products");
  }

  @Test
  void aHitIsNoStep() {
    TieredCache<Long, String> cache = cluster.node().observer(told).build();
    cache.get(1L, cluster.origin.set(1, "a"));
    told.take();

    cache.get(1L, cluster.origin);

    assertThat(told.take()).isEmpty();
  }

  @Test
  void aFailureIsTold() {
    TieredCache<Long, String> cache = cluster.alone().observer(told).build();

    assertThatThrownBy(
            () ->
                cache.get(
                    1L,
                    key -> {
                      throw new IOException("down");
                    }))
        .isInstanceOf(LoadFailedException.class);

    assertThat(told.take())
        .containsExactly(
            "> LOAD load of 1 in products", "< LOAD load of 1 in products IOException");
  }

  @Test
  void aRefreshHoldsItsLoadAndBulkLoadsCountTheirKeys() {
    TieredCache<Long, String> cache = cluster.alone().observer(told).build();
    cluster.origin.set(1, "a").set(2, "b");
    cache.getAll(List.of(1L, 2L), cluster.origin);
    cluster.advance(FRESH);

    cache.get(1L, cluster.origin);

    assertThat(told.take())
        .containsExactly(
            "> LOAD loadAll of 2 in products",
            "< LOAD loadAll of 2 in products",
            "> REFRESH refresh of 1 in products",
            "> LOAD load of 1 in products",
            "< LOAD load of 1 in products",
            "< REFRESH refresh of 1 in products");
  }

  @Test
  void waitsForThreadsAndForPeersAreSteps() throws Exception {
    try (Cluster real = new Cluster()) {
      HeldLoader loader = HeldLoader.returning("v");
      TieredCache<Long, String> here = real.open(real.shared().observer(told));
      TieredCache<Long, String> there = real.node();
      Call<String> leader = real.call(() -> there.get(1L, loader));
      loader.awaitCalled();
      Call<String> first = real.call(() -> here.get(1L, loader));
      awaitLine("> WAIT peer of 1 in test");
      Call<String> second = real.call(() -> here.get(1L, loader));
      awaitLine("> WAIT thread of 1 in test");

      loader.letGo();

      assertThat(List.of(leader.value(), first.value(), second.value())).containsOnly("v");
      assertThat(told.lines)
          .contains("< WAIT peer of 1 in test", "< WAIT thread of 1 in test")
          .noneMatch(line -> line.contains("LOAD"));
    }
  }

  private void awaitLine(String line) {
    org.awaitility.Awaitility.await().atMost(Call.PATIENCE).until(() -> told.lines.contains(line));
  }

  @Test
  void whatAnObserverThrowsIsIgnored() {
    TieredCache<Long, String> cache =
        cluster
            .alone()
            .observer(
                step -> {
                  throw new IllegalStateException("rude at the begin");
                })
            .observer(
                step ->
                    failure -> {
                      throw new LinkageError("rude at the end");
                    })
            .observer(told)
            .build();

    assertThat(cache.get(1L, key -> "v")).isEqualTo("v");

    assertThat(told.take()).hasSize(2);
  }

  @Test
  void whatBeganLastEndsFirst() {
    List<String> order = new ArrayList<>();
    TieredCache<Long, String> cache =
        cluster
            .alone()
            .observer(step -> failure -> order.add("outer"))
            .observer(step -> failure -> order.add("inner"))
            .build();

    cache.get(1L, key -> "v");

    assertThat(order).containsExactly("inner", "outer");
  }

  /** So that a method which is added to the region is not forgotten here. */
  @Test
  void eachStepOfARegionIsPassedOnUnderItsOwnName() throws Exception {
    Map<Class<?>, Object> zeros = Map.of(int.class, 1, long.class, 1L);
    for (Method method : RemoteRegion.class.getMethods()) {
      if (Modifier.isStatic(method.getModifiers()) || method.getName().equals("close")) {
        continue;
      }
      List<String> called = new ArrayList<>();
      RemoteRegion region =
          (RemoteRegion)
              Proxy.newProxyInstance(
                  RemoteRegion.class.getClassLoader(),
                  new Class<?>[] {RemoteRegion.class},
                  (proxy, of, arguments) -> {
                    called.add(of.toString());
                    return zero(of.getReturnType());
                  });
      RemoteRegion observed = new ObservedRegion(region, new Observers("products", List.of(told)));

      method.invoke(
          observed,
          Arrays.stream(method.getParameterTypes())
              .map(type -> type == List.class ? List.of() : zeros.getOrDefault(type, emptyOf(type)))
              .toArray());

      assertThat(called).containsExactly(method.toString());
      assertThat(told.take()).hasSize(2).allMatch(line -> line.contains(method.getName() + " of"));
    }
  }

  private static @Nullable Object emptyOf(Class<?> type) {
    return type == Map.class ? Map.of() : null;
  }

  private static @Nullable Object zero(Class<?> type) {
    return type == boolean.class ? (Object) false : type == long.class ? (Object) 0L : null;
  }
}
