package dev.corral.bench.contender;

import static java.util.Objects.requireNonNull;

import io.lettuce.core.RedisURI;
import org.springframework.cache.Cache;
import org.springframework.cache.Cache.ValueRetrievalException;
import org.springframework.data.redis.cache.RedisCacheConfiguration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.cache.RedisCacheWriter;
import org.springframework.data.redis.cache.RedisCacheWriter.RedisCacheWriterConfigurer;
import org.springframework.data.redis.cache.RedisCacheWriter.TtlFunction;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Spring's cache on Redis, read as {@code @Cacheable(sync = true)} reads it: one tier, over the one
 * connection that Lettuce shares between threads.
 *
 * <p>Only the locking writer makes {@code sync} mean one load at a time; its lock is one for the
 * whole cache, looked at every 50 ms. The lock-free writer is the default and loads as often as it
 * is asked. Evictions are immediate: by default they are sent and not waited for.
 *
 * @see <a href="https://docs.spring.io/spring-data/redis/reference/redis/redis-cache.html">Redis
 *     Cache</a>
 */
final class SpringCache implements Contender {
  private final PageLoader origin;
  private final LettuceConnectionFactory connections;
  private final Cache pages;

  private SpringCache(Setup setup, boolean locking) {
    origin = setup.origin();
    connections =
        new LettuceConnectionFactory(
            LettuceConnectionFactory.createRedisConfiguration(
                RedisURI.create(setup.redis().toString())),
            LettuceClientConfiguration.builder().commandTimeout(setup.limits().redis()).build());
    connections.setEagerInitialization(true); // connected before it is asked, as the others are
    connections.afterPropertiesSet();
    connections.start();
    var writer =
        RedisCacheWriter.create(
            connections, config -> configure(config.immediateWrites(), setup.limits(), locking));
    RedisCacheManager manager =
        RedisCacheManager.builder(writer)
            .cacheDefaults(
                RedisCacheConfiguration.defaultCacheConfig()
                    .entryTtl((key, page) -> setup.lifetimes().of((String) key)))
            .build();
    manager.afterPropertiesSet();
    pages = requireNonNull(manager.getCache(setup.namespace()));
  }

  private static void configure(
      RedisCacheWriterConfigurer writer, Limits limits, boolean withLock) {
    if (withLock) {
      // By default a lock outlives a process that dies with it, for ever.
      writer.enableLocking(lock -> lock.lockTimeout(TtlFunction.just(limits.load())));
    }
  }

  static SpringCache locking(Setup setup) {
    return new SpringCache(setup, true);
  }

  static SpringCache lockFree(Setup setup) {
    return new SpringCache(setup, false);
  }

  @Override
  public Page get(String key) throws Exception {
    try {
      return requireNonNull(pages.get(key, () -> origin.load(key)));
    } catch (ValueRetrievalException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  @Override
  public void invalidate(String key) {
    pages.evict(key);
  }

  @Override
  public void close() {
    connections.destroy();
  }
}
