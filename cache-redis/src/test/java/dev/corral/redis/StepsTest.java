package dev.corral.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.corral.HandScheduler;
import dev.corral.remote.Lookup;
import dev.corral.remote.RemoteStoreException;
import dev.corral.servers.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Steps of threads that are interrupted. */
class StepsTest {

  private static final int CALLERS = 10;

  private final RedisServer server = RedisServer.shared();

  @Test
  void aStepThatAnInterruptBrokeOffSaysNothingOfRedis() {
    try (RedisClient jedis = RedisClient.create(server.uri())) {
      Gate gate = new Gate(1);
      Told told = new Told();
      var breaker = new Breaker("test", Duration.ofSeconds(1), gate, () -> {}, new HandScheduler());
      breaker.add(told);
      var steps = new Steps(breaker, gate, Pools.of(jedis), Duration.ofSeconds(1));

      for (int i = 0; i < CALLERS; i++) {
        assertThatExceptionOfType(RemoteStoreException.class)
            .isThrownBy(() -> steps.take(step(), StepsTest::interrupted));
        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
      }

      assertThat(told.isEmpty()).isTrue();
      assertThat(steps.take(step(), () -> "answer")).isEqualTo("answer");
    }
  }

  @Test
  void aStepThatFailedOnAThreadThatWasNotInterruptedCounts() throws Exception {
    try (RedisClient jedis = RedisClient.create(server.uri())) {
      Gate gate = new Gate(1);
      Told told = new Told();
      var breaker = new Breaker("test", Duration.ofSeconds(1), gate, () -> {}, new HandScheduler());
      breaker.add(told);
      var steps = new Steps(breaker, gate, Pools.of(jedis), Duration.ofSeconds(1));

      for (int i = 0; i < CALLERS; i++) {
        assertThatExceptionOfType(RemoteStoreException.class)
            .isThrownBy(
                () ->
                    steps.take(
                        step(),
                        () -> {
                          throw new JedisConnectionException("Connection reset");
                        }));
      }

      told.next(Told.Unavailable.class);
    }
  }

  // Their sockets are closed by an interrupt, which looks like an end of the connection.
  @Test
  void interruptedVirtualThreadsDoNotMakeRedisSeemAway() throws Exception {
    ExecutorService virtual = virtualThreads();
    assumeTrue(virtual != null, "this JDK has no virtual threads");
    ExecutorService threads = Objects.requireNonNull(virtual);
    try (RedisClient jedis = RedisClient.create(server.uri());
        Node node = Node.listening(jedis, Node.newCache())) {
      List<Future<?>> callers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        String key = "key-" + i;
        callers.add(
            threads.submit(
                () -> {
                  Thread.currentThread().interrupt();
                  node.lead(key);
                }));
      }
      await().until(() -> callers.stream().allMatch(Future::isDone));

      assertThat(node.told.isEmpty()).as("told nothing").isTrue();
      assertThat(node.region.lookUp("key", Node.LONG)).isInstanceOf(Lookup.Granted.class);
    } finally {
      threads.shutdownNow();
    }
  }

  private static String interrupted() {
    Thread.currentThread().interrupt();
    throw new JedisConnectionException("Closed by interrupt");
  }

  private static Step step() {
    return Step.of("lookUp", "key", new RedisKeys("test", "steps"));
  }

  private static @Nullable ExecutorService virtualThreads() throws ReflectiveOperationException {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (NoSuchMethodException e) {
      return null;
    }
  }
}
