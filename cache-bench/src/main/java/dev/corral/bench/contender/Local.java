package dev.corral.bench.contender;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.util.concurrent.CompletionException;

/** Caffeine alone, in each process for itself: one load per key and process at a time. */
final class Local implements Contender {
  private final PageLoader origin;
  private final Cache<String, Page> pages;

  Local(Setup setup) {
    origin = setup.origin();
    pages = cache(setup);
  }

  /** A local tier whose entries expire their lifetime after they were written. */
  static Cache<String, Page> cache(Setup setup) {
    return Caffeine.newBuilder()
        .maximumSize(setup.pages())
        .expireAfter(Expiry.<String, Page>writing((key, page) -> setup.lifetimes().of(key)))
        .build();
  }

  @Override
  public Page get(String key) throws Exception {
    try {
      return pages.get(key, this::load);
    } catch (CompletionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  @Override
  public void invalidate(String key) {
    pages.invalidate(key);
  }

  private Page load(String key) {
    try {
      return origin.load(key);
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  @Override
  public void close() {
    pages.invalidateAll();
  }
}
