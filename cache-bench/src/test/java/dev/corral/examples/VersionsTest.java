package dev.corral.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.TieredCache;
import dev.corral.codec.JacksonCodec;
import dev.corral.redis.RedisStore;
import dev.corral.remote.RemoteStore;
import dev.corral.servers.RedisServer;
import dev.corral.stats.Stat;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/** The example of docs/using.md whose origin is read through a replica. */
class VersionsTest {

  record Account(long id, long version, int balance) {}

  private final Map<Long, Account> primary = new HashMap<>();
  private final Replica replica = new Replica();
  private final UnifiedJedis jedis =
      RedisClient.create(RedisServer.shared().host(), RedisServer.shared().port());
  private final RemoteStore redis = RedisStore.builder(jedis).namespace("versions").build();

  /** Has what the primary had when it caught up last. */
  private final class Replica {

    private final Map<Long, Account> rows = new HashMap<>();

    @Nullable Account find(Long id) {
      return rows.get(id);
    }

    void catchUp() {
      rows.putAll(primary);
    }
  }

  @AfterEach
  void close() {
    redis.close();
    jedis.close();
  }

  @Test
  void originsThatLag() {
    TieredCache<Long, Account> accounts =
        TieredCache.<Long, Account>builder("accounts")
            .freshFor(Duration.ofMinutes(5))
            .remote(redis, JacksonCodec.of(Account.class))
            .version(Account::version)
            .versionMarkFor(Duration.ofSeconds(30)) // the longest lag of a replica
            .build();
    accounts.invalidateAll();
    primary.put(7L, new Account(7, 41, 100));
    replica.catchUp();
    accounts.get(7L, replica::find);

    primary.put(7L, new Account(7, 42, 80));
    accounts.invalidate(7L, 42); // after the commit, with the version that it wrote

    assertThat(accounts.get(7L, replica::find)).isEqualTo(new Account(7, 41, 100));
    assertThat(accounts.getIfPresent(7L)).isEmpty();
    assertThat(accounts.stats().get(Stat.VERSION_REFUSED)).isOne();

    replica.catchUp();
    assertThat(accounts.get(7L, replica::find)).isEqualTo(new Account(7, 42, 80));
    assertThat(accounts.getIfPresent(7L)).contains(new Account(7, 42, 80));
    accounts.close();
  }
}
