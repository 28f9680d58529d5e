package dev.corral.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.corral.servers.RedisServer;
import dev.corral.servers.faults.Connections;
import dev.corral.servers.faults.Direction;
import dev.corral.servers.faults.FaultProxy;
import dev.corral.stats.Stat;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;

/** Redis is away in each of the ways in which it can be, and comes back. */
class RedisAwayTest {

  /** A way to be away. */
  enum Fault {
    FROZEN {
      @Override
      void begin(Shop shop) {
        shop.server.pause();
      }

      @Override
      void end(Shop shop) {
        shop.server.resume();
      }
    },
    KILLED {
      @Override
      void begin(Shop shop) {
        shop.server.kill();
      }

      @Override
      void end(Shop shop) {
        shop.server.restart();
      }
    },
    REFUSING {
      @Override
      void begin(Shop shop) {
        shop.proxy.refuseConnections();
        shop.proxy.cut(Connections.ALL);
      }
    },
    HALF_OPEN {
      @Override
      void begin(Shop shop) {
        shop.proxy.swallow(Connections.ALL, Direction.TO_SERVER, Direction.TO_CLIENT);
      }
    },
    COMMANDS_LOST {
      @Override
      void begin(Shop shop) {
        shop.proxy.swallow(Connections.ALL, Direction.TO_SERVER);
      }
    },
    REPLIES_LOST {
      @Override
      void begin(Shop shop) {
        shop.proxy.swallow(Connections.ALL, Direction.TO_CLIENT);
      }
    },
    SLOW {
      @Override
      void begin(Shop shop) {
        // There and back, less than the client's timeout: every step succeeds.
        shop.proxy.delay(Duration.ofMillis(100));
      }
    };

    abstract void begin(Shop shop);

    void end(Shop shop) {
      shop.proxy.heal();
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyCallWorksMeanwhileAndNothingOldIsServedAfterwards(Fault fault) {
    try (Shop shop = Shop.open(options -> options.slowAfter(Duration.ofMillis(150)))) {
      shop.get(1);
      shop.get(2);
      fault.begin(shop);
      AtomicInteger written = new AtomicInteger();

      shop.getUntilDown();
      shop.cache.invalidate(1L);
      shop.cache.write(2L, "value 2", (key, value) -> written.incrementAndGet());
      shop.get(1);
      shop.get(2);

      assertThat(shop.loads(1)).as("loads of what was invalidated").isEqualTo(2);
      assertThat(shop.loads(2)).as("loads of what was written").isLessThanOrEqualTo(2);
      assertThat(written).hasValue(1);
      assertThat(shop.cache.pendingInvalidations()).isPositive();
      assertThat(shop.told).containsExactly("down");

      fault.end(shop);
      shop.awaitTold("down", "up");
      shop.awaitDelivered();
      long sets = shop.proxy.commands("SET");
      shop.get(3);
      assertThat(shop.proxy.commands("SET")).isGreaterThan(sets);
      awaitListening(shop);
    }
  }

  @Test
  void whatIsHeldIsServedWithoutAskingAnybody() {
    try (Shop shop = Shop.open()) {
      // What was held before the seqs were known would have to be checked.
      await().atMost(Shop.PATIENCE).until(() -> shop.proxy.commands("MGET") > 3);
      shop.get(1);
      shop.server.kill();
      shop.getUntilDown();
      shop.get(2);
      long refused = shop.count(Stat.REMOTE_REFUSED);
      long loads = shop.count(Stat.LOAD);

      for (int i = 0; i < 100; i++) {
        shop.get(1);
        shop.get(2);
      }

      assertThat(shop.count(Stat.LOAD)).isEqualTo(loads);
      // Of the syncs, not of gets.
      assertThat(shop.count(Stat.REMOTE_REFUSED) - refused).isLessThan(50);
    }
  }

  @Test
  void aCacheThatIsOpenedWhileRedisIsNotThereUsesItOnceItIs() {
    RedisServer server = Shop.ownServer();
    FaultProxy proxy = FaultProxy.before(server);
    server.kill();
    proxy.refuseConnections();
    try (Shop shop = new Shop(server, proxy)) {
      shop.getUntilDown();
      shop.get(1);

      server.restart();
      proxy.acceptConnections();

      shop.awaitTold("down", "up");
      awaitListening(shop);
      long sets = proxy.commands("SET");
      shop.get(2);
      assertThat(proxy.commands("SET")).isGreaterThan(sets);
    }
  }

  @Test
  void aServerThatLoadsItsDataIsAwayUntilItHasThem() throws Exception {
    try (Shop shop =
        Shop.open(
            "--enable-debug-command",
            "yes",
            "--rdbcompression",
            "no",
            "--loading-process-events-interval-bytes",
            "1024")) {
      shop.get(1);
      try (Jedis admin = new Jedis(shop.server.uri())) {
        for (int i = 0; i < 500; i++) {
          admin.set("filler-" + i, "x".repeat(500));
        }
        // In microseconds: some five seconds for all of them.
        admin.configSet("key-load-delay", "10000");
      }
      Thread loading =
          new Thread(
              () -> {
                try (Jedis admin = new Jedis(shop.server.host(), shop.server.port(), 60_000)) {
                  admin.sendCommand(() -> Bytes.ascii("DEBUG"), "RELOAD");
                }
              },
              "debug-reload");
      loading.start();

      shop.getUntilDown();
      assertThat(shop.failure()).hasMessageStartingWith("LOADING ");
      shop.get(2);

      shop.awaitTold("down", "up");
      loading.join(Shop.PATIENCE.toMillis());
      assertThat(shop.loads(2)).isEqualTo(1);
    }
  }

  // Each of these is an answer: the server is there, and reads go on.
  @ParameterizedTest
  @EnumSource
  void aServerThatTakesNoWritesIsNotAway(RefusedWritesTest.Reason reason) {
    try (Shop shop = Shop.open()) {
      shop.get(1);
      try (Jedis admin = new Jedis(shop.server.uri())) {
        reason.apply(admin);
      }

      for (long key = 10; key < 30; key++) {
        shop.get(key);
        shop.cache.put(key, "value " + key);
      }
      for (long key = 10; key < 30; key++) {
        shop.cache.put(key, "value " + key);
      }

      assertThat(shop.count(Stat.REMOTE_FAILURE)).isGreaterThanOrEqualTo(20);
      assertThat(shop.told).isEmpty();
      assertThat(shop.count(Stat.REMOTE_REFUSED)).isZero();
    }
  }

  @Test
  void aConnectionThatIsCutInTheMiddleOfAReplyCostsOneLoad() {
    try (Shop shop = Shop.open()) {
      shop.get(1);
      shop.proxy.cutAfter(Connections.OTHERS, 1);
      for (long key = 2; shop.proxy.isCutPending(); key++) {
        shop.get(key);
        assertThat(shop.loads(key)).isEqualTo(1);
      }

      shop.get(1_000);

      assertThat(shop.told).isEmpty();
    }
  }

  @Test
  void aFullPoolThatOthersUseIsAFailureAndNoHang() throws Exception {
    try (Shop shop = Shop.open(options -> options.connectionWait(Duration.ofMillis(20)))) {
      shop.get(1);
      GenericObjectPool<Connection> pool = shop.jedis.getPool();
      Connection[] taken = new Connection[Shop.CONNECTIONS - 1];
      for (int i = 0; i < taken.length; i++) {
        taken[i] = pool.borrowObject(Duration.ofSeconds(10));
      }

      shop.get(2);
      assertThat(shop.count(Stat.REMOTE_FAILURE)).isPositive();
      shop.getUntilDown();
      for (Connection each : taken) {
        pool.returnObject(each);
      }

      shop.awaitTold("down", "up");
      assertThat(shop.loads(2)).isEqualTo(1);
    }
  }

  // Many more callers find no connection than are answered. That is a herd, and no outage.
  @Test
  void aFullPoolOfARedisThatAnswersDoesNotSendEverybodyAway() throws Exception {
    UnaryOperator<RedisStoreBuilder> busy =
        options -> options.connectionWait(Duration.ofSeconds(1)).slowAfter(Shop.PATIENCE);
    try (Shop shop = Shop.open(busy)) {
      shop.get(0);
      shop.proxy.delay(Duration.ofMillis(50));

      int callers = 400;
      ExecutorService threads = Executors.newFixedThreadPool(callers);
      try {
        List<Callable<String>> gets =
            LongStream.rangeClosed(1, callers)
                .mapToObj(key -> (Callable<String>) () -> shop.get(key))
                .toList();
        for (Future<String> get : threads.invokeAll(gets)) {
          assertThat(get.get()).isNotNull();
        }
      } finally {
        threads.shutdownNow();
      }

      assertThat(shop.count(Stat.REMOTE_FAILURE)).as("found no connection").isGreaterThan(200);
      assertThat(shop.told).isEmpty();
      assertThat(shop.count(Stat.REMOTE_REFUSED)).isZero();
    }
  }

  /** Waits until the node hears what another one invalidates. */
  private static void awaitListening(Shop shop) {
    long before = shop.count(Stat.INVALIDATION_RECEIVED);
    try (RedisClient direct = RedisClient.create(shop.server.uri());
        Node other = Node.of(direct, "shop")) {
      await()
          .atMost(Shop.PATIENCE)
          .until(
              () -> {
                other.region.invalidate("1");
                return shop.count(Stat.INVALIDATION_RECEIVED) > before;
              });
    }
  }
}
