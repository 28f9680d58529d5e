package dev.corral.bench.contender;

import com.github.benmanes.caffeine.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * The two tiers that people write by hand: look in Caffeine, then in Redis, else load and set both.
 * Right in every single step, and nothing stops a thousand threads from taking the same step.
 */
final class Naive implements Contender {
  private final Cache<String, Page> local;
  private final RedisAside remote;

  Naive(Setup setup) {
    local = Local.cache(setup);
    remote = new RedisAside(setup);
  }

  @Override
  public Page get(String key) throws Exception {
    @Nullable Page known = local.getIfPresent(key);
    if (known != null) {
      return known;
    }
    Page page = remote.load(key);
    local.put(key, page);
    return page;
  }

  @Override
  public void invalidate(String key) {
    remote.delete(key);
    local.invalidate(key);
  }

  @Override
  public void close() {
    remote.close();
  }
}
