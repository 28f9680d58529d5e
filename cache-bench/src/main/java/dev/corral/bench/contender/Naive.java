package dev.corral.bench.contender;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import java.io.IOException;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;

/**
 * The two tiers that people write by hand: look in Caffeine, then in Redis, else load and set both.
 * Right in every single step, and nothing stops a thousand threads from taking the same step.
 */
final class Naive implements Contender {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Setup setup;
  private final Cache<String, Page> local;
  private final UnifiedJedis redis;

  Naive(Setup setup) {
    this.setup = setup;
    local = Local.cache(setup);
    redis = Redis.connect(setup);
  }

  @Override
  public Page get(String key) throws Exception {
    Page known = local.getIfPresent(key);
    if (known != null) {
      return known;
    }
    Page page = getRemote(key);
    local.put(key, page);
    return page;
  }

  private Page getRemote(String key) throws Exception {
    byte[] redisKey = redisKey(key);
    byte[] bytes = redis.get(redisKey);
    if (bytes != null) {
      return JSON.readValue(bytes, Page.class);
    }
    Page loaded = setup.origin().load(key);
    redis.set(redisKey, bytesOf(loaded), SetParams.setParams().px(lifeMillis(key)));
    return loaded;
  }

  @Override
  public void invalidate(String key) {
    redis.del(redisKey(key));
    local.invalidate(key);
  }

  private byte[] redisKey(String key) {
    return (setup.namespace() + ":" + key).getBytes(UTF_8);
  }

  private static byte[] bytesOf(Page page) throws IOException {
    return JSON.writeValueAsBytes(page);
  }

  private long lifeMillis(String key) {
    return setup.lifetimes().of(key).toMillis();
  }

  @Override
  public void close() {
    redis.close();
  }
}
