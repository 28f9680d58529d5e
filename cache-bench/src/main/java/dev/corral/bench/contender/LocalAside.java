package dev.corral.bench.contender;

import com.github.benmanes.caffeine.cache.Cache;
import org.jspecify.annotations.Nullable;

/** The first cache that people write: look in Caffeine, else load and put. */
final class LocalAside implements Contender {
  private final PageLoader origin;
  private final Cache<String, Page> pages;

  LocalAside(Setup setup) {
    origin = setup.origin();
    pages = Local.cache(setup);
  }

  @Override
  public Page get(String key) throws Exception {
    @Nullable Page known = pages.getIfPresent(key);
    if (known != null) {
      return known;
    }
    Page loaded = origin.load(key);
    pages.put(key, loaded);
    return loaded;
  }

  @Override
  public void invalidate(String key) {
    pages.invalidate(key);
  }

  @Override
  public void close() {
    pages.invalidateAll();
  }
}
