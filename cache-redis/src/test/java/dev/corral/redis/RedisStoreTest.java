package dev.corral.redis;

import static dev.corral.redis.Node.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.corral.remote.Lease;
import dev.corral.remote.Lookup;
import dev.corral.remote.RemoteStoreException;
import dev.corral.servers.RedisServer;
import java.time.Duration;
import java.util.List;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;

class RedisStoreTest {

  private final RedisClient jedis = RedisClient.create(RedisServer.shared().uri());

  @AfterEach
  void close() {
    jedis.close();
  }

  @Test
  void aNamespaceThatBreaksTheRuleIsRefused() {
    for (String bad : List.of("", "a/b", "a b", "{a}", "n".repeat(65))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RedisStore.builder(jedis).namespace(bad))
          .withMessageContaining("namespace must be 1 to 64")
          .withMessageContaining(bad);
    }
  }

  @Test
  void aNegativeInlineLimitIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RedisStore.builder(jedis).inlineLimit(-1))
        .withMessage("inlineLimit must not be negative: -1");
  }

  @Test
  void limitsThatMakeNoSenseAreRefused() {
    for (Duration bad : List.of(Duration.ZERO, Duration.ofNanos(1), Duration.ofHours(2))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RedisStore.builder(jedis).slowAfter(bad))
          .withMessage("slowAfter must be 1 ms to 1 h: " + bad);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RedisStore.builder(jedis).connectionWait(bad))
          .withMessage("connectionWait must be 1 ms to 1 h: " + bad);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RedisStore.builder(jedis).lookUpTimeout(bad))
          .withMessage("lookUpTimeout must be 1 ms to 1 h: " + bad);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RedisStore.builder(jedis).heartbeat(bad))
          .withMessage("heartbeat must be 1 ms to 1 h: " + bad);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RedisStore.builder(jedis).connections(0))
        .withMessage("connections must be at least 1: 0");
  }

  // On which the store listens: each step would wait for it, and each process load for itself.
  @Test
  void aPoolOfOneConnectionIsRefused() {
    GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
    pool.setMaxTotal(1);
    try (RedisClient narrow =
        RedisClient.builder()
            .hostAndPort(RedisServer.shared().host(), RedisServer.shared().port())
            .poolConfig(pool)
            .build()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RedisStore.builder(narrow).build())
          .withMessageContaining("at least 2 connections in its pool (maxTotal)")
          .withMessageEndingWith(": 1");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RedisIdempotencyStore.builder(narrow).build())
          .withMessageContaining("at least 2 connections in its pool (maxTotal)");
    }
  }

  @Test
  void aRegionIsOpenOnceInAStore() {
    try (Node node = Node.of(jedis, Node.newCache())) {
      assertThatIllegalStateException()
          .isThrownBy(() -> node.store.open(node.keys.toString().substring(5), new Told()))
          .withMessageContaining(node.keys.toString());
    }
  }

  @Test
  void namespacesShareNothing() {
    String cache = Node.newCache();
    try (Node node = Node.of(jedis, cache);
        RedisStore other = RedisStore.builder(jedis).namespace("other").build()) {
      node.load("key", "value");

      assertThat(other.open(cache, new Told()).lookUp("key", LONG))
          .isInstanceOf(Lookup.Granted.class);
    }
  }

  // Before the first subscription no partition need have a history: the first look-up starts it.
  @Test
  void aRegionWorksBeforeItListens() {
    for (int i = 0; i < 20; i++) {
      try (Node node = Node.of(jedis, Node.newCache())) {
        Lease lease = node.lead("key");
        assertThat(node.publish(lease, "value")).isTrue();
        assertThat(node.find("key")).isEqualTo("value");
      }
    }
  }

  @Test
  void whatRedisDoesNotAnswerNamesTheStepAndTheKey() {
    try (RedisClient nowhere = RedisClient.create("127.0.0.1", 1);
        Node node = Node.of(nowhere, "cache")) {
      assertThatExceptionOfType(RemoteStoreException.class)
          .isThrownBy(() -> node.region.lookUp("key", LONG))
          .withMessageStartingWith("Redis failed to lookUp key of test/cache: ");
      assertThatExceptionOfType(RemoteStoreException.class)
          .isThrownBy(() -> node.region.invalidateAll(List.of("a", "b")))
          .withMessageStartingWith("Redis failed to invalidateAll 2 keys of test/cache: ");
      assertThatExceptionOfType(RemoteStoreException.class)
          .isThrownBy(() -> node.region.clear())
          .withMessageStartingWith("Redis failed to clear * of test/cache: ");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"RESP2", "RESP3"})
  void bothProtocolsServe(RedisProtocol protocol) throws Exception {
    RedisServer server = RedisServer.shared();
    var config = DefaultJedisClientConfig.builder().protocol(protocol).build();
    try (RedisClient client =
            RedisClient.builder()
                .hostAndPort(server.host(), server.port())
                .clientConfig(config)
                .build();
        Node node = Node.listening(client, Node.newCache())) {
      Lease lease = node.lead("key");
      node.region.await("key", node.taken("key"));
      assertThat(node.publish(lease, "value")).isTrue();
      assertThat(node.told.next(Told.Ended.class).outcome().token()).isEqualTo(lease.token());
      assertThat(node.publish(node.leadRefresh("key"), "new")).isTrue();
      assertThat(node.find("key")).isEqualTo("new");
      node.region.clear();
      node.told.next(Told.Cleared.class);
    }
  }

  @Test
  void anExhaustedPoolIsAFailureOfTheStore() throws Exception {
    RedisServer server = RedisServer.shared();
    GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
    pool.setMaxTotal(2);
    pool.setMaxWait(Duration.ofMillis(50));
    try (RedisClient small =
            RedisClient.builder()
                .hostAndPort(server.host(), server.port())
                .poolConfig(pool)
                .build();
        Node node = Node.listening(small, Node.newCache());
        Connection held = small.getPool().getResource()) {
      assertThat(held.isConnected()).isTrue();

      assertThatExceptionOfType(RemoteStoreException.class)
          .isThrownBy(() -> node.region.lookUp("key", LONG));
      assertThatExceptionOfType(RemoteStoreException.class)
          .isThrownBy(() -> node.region.invalidate("key"));
    }
  }

  @Test
  void aClosedClientIsAFailureOfTheStore() throws Exception {
    RedisClient closed = RedisClient.create(RedisServer.shared().uri());
    try (Node node = Node.listening(closed, Node.newCache())) {
      closed.close();

      assertThatExceptionOfType(RemoteStoreException.class)
          .isThrownBy(() -> node.region.lookUp("key", LONG));
      assertThatExceptionOfType(RemoteStoreException.class)
          .isThrownBy(() -> node.region.invalidate("key"));
    }
  }
}
