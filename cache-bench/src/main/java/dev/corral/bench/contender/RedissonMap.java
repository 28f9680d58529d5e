package dev.corral.bench.contender;

import java.io.Serializable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RLocalCachedMap;
import org.redisson.api.RLock;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.LocalCachedMapOptions;
import org.redisson.api.options.LocalCachedMapOptions.CacheProvider;
import org.redisson.api.options.LocalCachedMapOptions.ReconnectionStrategy;
import org.redisson.api.options.LocalCachedMapOptions.SyncStrategy;
import org.redisson.config.Config;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * Redisson's map with a local cache, and the map's lock for each key around look-again, load and
 * put: one load in the cluster, and local copies dropped on the other nodes by each change.
 *
 * <p>The free edition has a map whose entries live for a time, or one with a local cache; both in
 * one is a paid one ({@code RLocalCachedMapCache}). So an entry carries the time until which it may
 * be served, and one that is over is loaded anew under the lock.
 *
 * @see <a href="https://redisson.pro/docs/data-and-services/collections/#map">Map, its locks, its
 *     local cache</a>
 */
final class RedissonMap implements Contender {
  private final Setup setup;
  private final RedissonClient redisson;
  private final RLocalCachedMap<String, Entry> pages;

  /** A page, and the wall clock's time in milliseconds at which its lifetime is over. */
  record Entry(Page page, long until) implements Serializable {
    boolean isFresh() {
      return now() < until;
    }
  }

  RedissonMap(Setup setup) {
    this.setup = setup;
    redisson = Redisson.create(config(setup));
    pages =
        redisson.getLocalCachedMap(
            LocalCachedMapOptions.<String, Entry>name(setup.namespace())
                .cacheProvider(CacheProvider.CAFFEINE)
                .cacheSize(setup.pages())
                .syncStrategy(SyncStrategy.INVALIDATE)
                .reconnectionStrategy(ReconnectionStrategy.CLEAR));
  }

  private static Config config(Setup setup) {
    var config = new Config();
    config
        .useSingleServer()
        .setAddress(setup.redis().toString())
        .setDatabase(JedisURIHelper.getDBIndex(setup.redis()))
        .setConnectionPoolSize(setup.redisConnections())
        .setConnectionMinimumIdleSize(setup.redisConnections())
        .setTimeout(setup.limits().redisMillis());
    return config;
  }

  @Override
  public Page get(String key) throws Exception {
    @Nullable Entry known = pages.get(key);
    return known != null && known.isFresh() ? known.page() : loadOnce(key);
  }

  private Page loadOnce(String key) throws Exception {
    RLock lock = pages.getLock(key);
    lock.lock();
    try {
      pages.cachedKeySet().remove(key); // the local copy is over: now ask Redis
      @Nullable Entry published = pages.get(key);
      if (published != null && published.isFresh()) {
        return published.page();
      }
      Page loaded = setup.origin().load(key);
      pages.fastPut(key, new Entry(loaded, now() + setup.lifetimes().of(key).toMillis()));
      return loaded;
    } finally {
      lock.unlock();
    }
  }

  private static long now() {
    return System.currentTimeMillis();
  }

  @Override
  public void invalidate(String key) {
    pages.fastRemove(key);
  }

  @Override
  public void close() {
    pages.destroy();
    redisson.shutdown(0, 2, TimeUnit.SECONDS);
  }
}
