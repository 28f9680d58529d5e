package dev.corral.redis;

import dev.corral.servers.RedisServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import redis.clients.jedis.RedisClient;

/**
 * What a test works with that looks at Redis beside one node: a client, and a node that listens.
 */
@SuppressWarnings("NullAway.Init") // set up before each test
abstract class OneNode {

  RedisClient jedis;
  Node node;

  @BeforeEach
  final void open() throws Exception {
    jedis = RedisClient.create(RedisServer.shared().uri());
    node = Node.listening(jedis, Node.newCache());
  }

  @AfterEach
  final void close() {
    node.close();
    jedis.close();
  }
}
