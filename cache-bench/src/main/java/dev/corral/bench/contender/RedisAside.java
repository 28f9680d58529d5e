package dev.corral.bench.contender;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;

/** Looks in Redis, else loads and sets there; as often as it is asked. */
final class RedisAside implements PageLoader, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Setup setup;
  private final UnifiedJedis redis;

  RedisAside(Setup setup) {
    this.setup = setup;
    redis = Redis.connect(setup);
  }

  @Override
  public Page load(String key) throws Exception {
    byte[] redisKey = redisKey(key);
    byte[] bytes = redis.get(redisKey);
    if (bytes != null) {
      return JSON.readValue(bytes, Page.class);
    }
    Page loaded = setup.origin().load(key);
    redis.set(redisKey, JSON.writeValueAsBytes(loaded), SetParams.setParams().px(lifeMillis(key)));
    return loaded;
  }

  void delete(String key) {
    redis.del(redisKey(key));
  }

  private byte[] redisKey(String key) {
    return (setup.namespace() + ":" + key).getBytes(UTF_8);
  }

  private long lifeMillis(String key) {
    return setup.lifetimes().of(key).toMillis();
  }

  @Override
  public void close() {
    redis.close();
  }
}
