package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A herd: ten thousand virtual threads where the JDK has them, some plain ones elsewhere. */
class ManyWaitersTest {

  private static final int VIRTUAL = 10_000;
  private static final int PLAIN = 200;

  private final Cluster cluster = new Cluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @ParameterizedTest
  @EnumSource
  void aHerdOfWaitersIsLetOutByOneLoad(Tiers tiers) throws Exception {
    TieredCache<Long, String> cache = tiers.open(cluster);
    HeldLoader loader = HeldLoader.returning("v");
    ExecutorService virtual = virtualThreads();
    int waiters = virtual != null ? VIRTUAL : PLAIN;
    Executor threads = virtual != null ? virtual : task -> new Thread(task).start();
    CountDownLatch out = new CountDownLatch(waiters);
    Queue<Object> strange = new ConcurrentLinkedQueue<>();

    Call<String> leader = cluster.call(() -> cache.get(1L, loader));
    loader.awaitCalled();
    for (int i = 0; i < waiters; i++) {
      threads.execute(
          () -> {
            try {
              String value = cache.get(1L, loader);
              if (!"v".equals(value)) {
                strange.add("null or " + value);
              }
            } catch (RuntimeException e) {
              strange.add(e);
            } finally {
              out.countDown();
            }
          });
    }
    Cluster.awaitJoined(cache, waiters);
    loader.letGo();

    assertThat(out.await(Call.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(leader.value()).isEqualTo("v");
    assertThat(strange).isEmpty();
    assertThat(loader.calls()).isEqualTo(1);
    if (virtual != null) {
      virtual.shutdown();
    }
  }

  private static @Nullable ExecutorService virtualThreads() throws ReflectiveOperationException {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (NoSuchMethodException e) {
      return null; // before JDK 21
    }
  }
}
