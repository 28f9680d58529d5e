package dev.corral.bench.contender;

import dev.corral.Freshness;
import dev.corral.TieredCache;
import dev.corral.Undelivered;
import dev.corral.codec.JacksonCodec;
import dev.corral.origin.Origin;
import dev.corral.redis.RedisStore;
import java.time.Duration;
import java.util.Objects;
import redis.clients.jedis.UnifiedJedis;

/** Corral, with Caffeine and Redis behind one {@code get}. */
final class Corral implements Contender {
  /** What the cache takes off a lifetime by default: a tenth per load, a hundredth per fill. */
  static final double JITTER = 0.11;

  /** What it takes off with {@link Features#WIDE_JITTER}: three tenths, and three hundredths. */
  static final double WIDE_JITTER = 0.33;

  private final Setup setup;
  private final UnifiedJedis redis;
  private final RedisStore store;
  private final Origin origin;
  private final TieredCache<String, Page> pages;

  Corral(Setup setup, Features features) {
    this.setup = setup;
    redis = Redis.connect(setup);
    store =
        RedisStore.builder(redis)
            .namespace(setup.namespace())
            .slowAfter(setup.limits().redisSlow())
            .build();
    origin = features.protection().origin(setup.limits());
    int staleLifetimes = features.stale() ? setup.limits().staleLifetimes() : 0;
    pages =
        TieredCache.<String, Page>builder("pages")
            .freshness((key, page) -> freshness(setup.lifetimes().of(key), staleLifetimes))
            .jitter(features.jitter())
            .failureBackoff(features.backoffBase(), features.backoffCap())
            .maximumSize(setup.pages())
            .origin(origin)
            // Whoever is told that nothing older is read any more must be able to rely on it.
            .onUndelivered(Undelivered.THROW)
            .remote(store, JacksonCodec.of(Page.class))
            .build();
  }

  static Corral withoutStale(Setup setup) {
    return new Corral(setup, Features.usual());
  }

  static Corral withStale(Setup setup) {
    return withStale(setup, Protection.NONE);
  }

  static Corral withStale(Setup setup, Protection protection) {
    return new Corral(setup, Features.usual().withStale().with(protection));
  }

  private static Freshness freshness(Duration lifetime, int staleLifetimes) {
    return Freshness.fresh(lifetime).thenStale(lifetime.multipliedBy(staleLifetimes));
  }

  @Override
  public Page get(String key) throws Exception {
    return Objects.requireNonNull(pages.get(key, setup.origin()::load)); // no load answers null
  }

  @Override
  public void invalidate(String key) {
    pages.invalidate(key);
  }

  @Override
  public long retries() {
    return origin.stats().retries();
  }

  @Override
  public void close() {
    pages.close();
    store.close();
    redis.close();
  }
}
