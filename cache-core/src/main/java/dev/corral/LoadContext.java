package dev.corral;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ContextLoader} knows of the load that it carries out, and may decide about it. Used
 * by one load on one thread.
 */
public interface LoadContext<V> {

  /**
   * Returns the value that is being replaced, if this process or the remote tier still holds it and
   * nothing has invalidated it: good for a conditional request to the origin.
   */
  Optional<V> previous();

  /**
   * Says that the origin still has the {@linkplain #previous() previous} value, which begins
   * another life: {@code return context.notModified();}. Where the remote tier holds the value it
   * is not sent again, unless this load also decides on its {@linkplain #freshness freshness}, or
   * took longer than the value is fresh. By as much as it took longer than the load that brought
   * the value, the new life is shorter.
   *
   * @throws IllegalStateException if there is no previous value
   */
  @Nullable V notModified();

  /**
   * Decides how long the value that this load returns is fresh, and stale after that, in place of
   * what the cache is configured with. Jitter applies as usual.
   */
  void freshness(Freshness freshness);

  /**
   * Puts tags on the value that this load returns, besides those that the cache is configured to
   * put there: {@link TieredCache#invalidateTag} makes it void. A value that is said to be
   * {@linkplain #notModified() not modified} keeps those it had.
   *
   * @param tags each from 1 to 256 bytes long in UTF-8, and 64 of them at most
   * @throws IllegalArgumentException if one of them is not, or there are too many
   */
  void tags(String... tags);

  /** Short for {@code freshness(Freshness.fresh(duration))}: fresh for that long, never stale. */
  default void freshFor(Duration duration) {
    freshness(Freshness.fresh(duration));
  }
}
