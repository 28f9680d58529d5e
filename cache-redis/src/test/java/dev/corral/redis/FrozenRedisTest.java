package dev.corral.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.corral.stats.Stat;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Redis keeps its connections and answers nothing, as a process that was stopped. */
@SuppressWarnings("NullAway.Init") // set up before each test
class FrozenRedisTest {

  private static final int CALLERS = 200;

  private Shop shop;

  @BeforeEach
  void open() throws Exception {
    shop = Shop.open();
    // Whoever finds a connection ready sends its command at once, and each can be counted.
    shop.jedis.getPool().addObjects(Shop.CONNECTIONS - 1);
    await().until(() -> shop.jedis.getPool().getNumIdle() == Shop.CONNECTIONS - 1);
    shop.get(0);
  }

  @AfterEach
  void close() {
    shop.server.resume();
    shop.close();
  }

  // A pool that makes another connection on the thread that returns a broken one has its caller
  // wait for the greeting too: a second timeout.
  @Test
  void aStepThatTimesOutDoesNotPayForAnotherConnectionAsWell() {
    long greetings = shop.proxy.commands("HELLO");
    shop.server.pause();

    shop.get(1);

    assertThat(shop.loads(1)).isEqualTo(1);
    assertThat(shop.count(Stat.REMOTE_FAILURE)).isPositive();
    assertThat(shop.proxy.commands("HELLO")).isEqualTo(greetings);
  }

  // All connections are taken at once. The others wait for one, until the breaker opens: nobody
  // takes over a connection only to wait for another timeout.
  @Test
  void aWaveOfCallersPaysOneTimeoutEachAtMost() throws Exception {
    long before = asked();
    shop.server.pause();

    wave(caller -> 1 + caller);

    // All connections, and what came through before the fifth failure; probes and syncs as well.
    assertThat(asked() - before).isLessThanOrEqualTo(3 * Shop.CONNECTIONS);
    for (long key = 1; key <= CALLERS; key++) {
      assertThat(shop.loads(key)).isEqualTo(1);
    }
    assertThat(shop.told).containsExactly("down");
  }

  @Test
  void callersOfOneKeyShareOneLoadAndOneTimeout() throws Exception {
    shop.server.pause();
    long failures = shop.count(Stat.REMOTE_FAILURE);

    wave(caller -> 1);

    assertThat(shop.loads(1)).isEqualTo(1);
    // The look-up of the one that leads; the others are of the syncs, until these open the breaker.
    assertThat(shop.count(Stat.REMOTE_FAILURE) - failures).isLessThanOrEqualTo(5);
  }

  @Test
  void onceItIsKnownToBeAwayNoCallerAsks() throws Exception {
    shop.server.pause();
    wave(caller -> 1 + caller);
    long sets = shop.proxy.commands("SET");
    long tried = shop.count(Stat.REMOTE_FAILURE);

    for (long key = 1_000; key < 2_000; key++) {
      shop.get(key);
      shop.cache.invalidate(key);
    }

    assertThat(shop.proxy.commands("SET")).isEqualTo(sets);
    assertThat(shop.count(Stat.REMOTE_FAILURE)).isEqualTo(tried);
    assertThat(shop.count(Stat.REMOTE_REFUSED)).isGreaterThanOrEqualTo(1_000);
    assertThat(shop.cache.pendingInvalidations()).isGreaterThanOrEqualTo(1_000);
  }

  @Test
  void onceItAnswersItIsFoundOutInTheBackgroundAndToldWhatItMissed() throws Exception {
    shop.server.pause();
    shop.getUntilDown();
    shop.cache.invalidate(0L);
    shop.server.resume();

    // Nobody calls the cache meanwhile.
    shop.awaitTold("down", "up");
    shop.awaitDelivered();

    long sets = shop.proxy.commands("SET");
    shop.get(0);
    assertThat(shop.loads(0)).as("loads of a key that was invalidated").isEqualTo(2);
    assertThat(shop.proxy.commands("SET")).isEqualTo(sets + 1);
  }

  private long asked() {
    return shop.proxy.commands("SET") + shop.proxy.commands("HELLO");
  }

  private void wave(LongUnaryOperator key) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<String>> gets = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        long own = key.applyAsLong(i);
        gets.add(
            threads.submit(
                () -> {
                  start.await();
                  return shop.get(own);
                }));
      }
      start.countDown();
      for (Future<String> get : gets) {
        assertThat(get.get(Shop.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isNotNull();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
