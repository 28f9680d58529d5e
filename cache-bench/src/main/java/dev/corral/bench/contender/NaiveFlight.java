package dev.corral.bench.contender;

import com.github.benmanes.caffeine.cache.Cache;
import java.util.concurrent.CompletionException;

/**
 * {@link Naive} with the better half of Caffeine: {@code get(key, loader)} lets one thread of a
 * process look in Redis and load while the others wait for it. What it cannot do is share a
 * failure: when the one has failed, the next of those who wait tries again.
 */
final class NaiveFlight implements Contender {
  private final Cache<String, Page> local;
  private final RedisAside remote;

  NaiveFlight(Setup setup) {
    local = Local.cache(setup);
    remote = new RedisAside(setup);
  }

  @Override
  public Page get(String key) throws Exception {
    try {
      return local.get(key, this::load);
    } catch (CompletionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private Page load(String key) {
    try {
      return remote.load(key);
    } catch (Exception e) {
      throw new CompletionException(e);
    }
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
