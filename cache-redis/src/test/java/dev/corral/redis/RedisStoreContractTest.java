package dev.corral.redis;

import dev.corral.remote.RemoteStore;
import dev.corral.remote.RemoteStoreContract;
import dev.corral.servers.RedisServer;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import redis.clients.jedis.RedisClient;

/** The store in Redis keeps the contract that the in-memory fake keeps. */
class RedisStoreContractTest extends RemoteStoreContract {

  private static final RedisClient JEDIS = RedisClient.create(RedisServer.shared().uri());

  @AfterAll
  static void closeClient() {
    JEDIS.close();
  }

  @Override
  public RemoteStore newNode() {
    return RedisStore.builder(JEDIS).namespace("contract").build();
  }

  /** Waits on the server, whose clock it is that counts. */
  @Override
  public void passTime(Duration time) {
    JEDIS.blpop(time.toMillis() / 1000.0, "nothing:" + UUID.randomUUID());
  }
}
