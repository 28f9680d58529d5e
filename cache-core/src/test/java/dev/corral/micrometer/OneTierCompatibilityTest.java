package dev.corral.micrometer;

import dev.corral.TieredCache;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinderCompatibilityKit;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Micrometer's own contract of what binds a cache, for one tier. */
class OneTierCompatibilityTest extends CacheMeterBinderCompatibilityKit<TieredCache<?, ?>> {

  private @Nullable TieredCache<String, String> typed;

  @Override
  public TieredCache<?, ?> createCache() {
    typed = TieredCache.<String, String>builder("mycache").freshFor(Duration.ofMinutes(1)).build();
    return typed;
  }

  @Override
  public void dereferenceCache() {
    super.dereferenceCache();
    typed = null;
  }

  @Override
  public CacheMeterBinder<TieredCache<?, ?>> binder() {
    return new CacheMeters(cache, List.of());
  }

  @Override
  public void put(String key, String value) {
    Objects.requireNonNull(typed).put(key, value);
  }

  @Override
  public @Nullable String get(String key) {
    return Objects.requireNonNull(typed).get(key, absent -> null);
  }
}
