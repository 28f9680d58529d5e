package dev.corral.bench.contender;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;

/**
 * The cache-aside pattern as Redis' documentation shows it for Jedis: a hash for each entry, one
 * tier, and a lock for each key, so that one caller loads while the others look again every 25 ms.
 *
 * <p>The lock lives as long as a load may take, which is what the page asks for; its example says 2
 * s. Whoever has waited that long loads for itself.
 *
 * @see <a href="https://redis.io/docs/latest/develop/use-cases/cache-aside/java-jedis/">Redis
 *     cache-aside with Jedis</a>
 */
final class CacheAside implements Contender {
  private static final Duration POLL = Duration.ofMillis(25);
  private static final String UNLOCK =
      "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";

  private final Setup setup;
  private final UnifiedJedis redis;

  CacheAside(Setup setup) {
    this.setup = setup;
    redis = Redis.connect(setup);
  }

  @Override
  public Page get(String key) throws Exception {
    Map<String, String> cached = redis.hgetAll(redisKey(key));
    return cached.isEmpty() ? loadOnce(key) : pageOf(cached);
  }

  private Page loadOnce(String key) throws Exception {
    String lock = "lock:" + redisKey(key);
    String token = UUID.randomUUID().toString();
    long term = setup.limits().loadMillis();
    if (redis.set(lock, token, SetParams.setParams().nx().px(term)) == null) {
      return await(key);
    }
    try {
      Page loaded = setup.origin().load(key);
      store(key, loaded);
      return loaded;
    } finally {
      redis.eval(UNLOCK, List.of(lock), List.of(token));
    }
  }

  private Page await(String key) throws Exception {
    long deadline = System.nanoTime() + setup.limits().load().toNanos();
    while (System.nanoTime() < deadline) {
      Thread.sleep(POLL.toMillis());
      Map<String, String> cached = redis.hgetAll(redisKey(key));
      if (!cached.isEmpty()) {
        return pageOf(cached);
      }
    }
    return setup.origin().load(key);
  }

  private void store(String key, Page page) {
    try (AbstractTransaction transaction = redis.multi()) {
      transaction.del(redisKey(key));
      transaction.hset(
          redisKey(key),
          Map.of("content", page.content(), "loadedAt", Long.toString(page.loadedAt())));
      transaction.pexpire(redisKey(key), setup.lifetimes().of(key).toMillis());
      transaction.exec();
    }
  }

  private static Page pageOf(Map<String, String> hash) {
    return new Page(
        requireNonNull(hash.get("content")), Long.parseLong(requireNonNull(hash.get("loadedAt"))));
  }

  private String redisKey(String key) {
    return setup.namespace() + ":" + key;
  }

  @Override
  public void invalidate(String key) {
    redis.del(redisKey(key));
  }

  @Override
  public void close() {
    redis.close();
  }
}
