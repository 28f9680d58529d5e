package dev.corral;

import dev.corral.stats.Stat;
import dev.corral.stats.StatsCounter;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A cache's subscription to one source: what the source reports is invalidated, until it ends. */
final class SourceSubscription<K> implements InvalidationSink<K> {

  private final String cache;
  private final InvalidationSource<K> source;
  private final WritePath<K, ?> writes;
  private final StatsCounter stats;
  private volatile @Nullable AutoCloseable subscription;
  private volatile boolean ended;

  SourceSubscription(
      String cache, InvalidationSource<K> source, WritePath<K, ?> writes, StatsCounter stats) {
    this.cache = cache;
    this.source = source;
    this.writes = writes;
    this.stats = stats;
  }

  /**
   * Subscribes.
   *
   * @throws IllegalStateException if the source does not let it
   */
  void begin() {
    try {
      subscription = Objects.requireNonNull(source.subscribe(this), "subscribe returned null");
    } catch (Exception e) {
      throw failed("cannot subscribe to", e);
    }
  }

  /**
   * Ends the subscription; what is reported until the source has let go still takes effect.
   *
   * @throws IllegalStateException if the source does not let go
   */
  void end() {
    AutoCloseable begun = subscription;
    try {
      if (begun != null) {
        begun.close();
      }
    } catch (Exception e) {
      throw failed("cannot end its subscription to", e);
    } finally {
      ended = true;
    }
  }

  private IllegalStateException failed(String what, Exception cause) {
    if (cause instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return new IllegalStateException("Cache %s %s %s".formatted(cache, what, source), cause);
  }

  @Override
  public void invalidate(K key) {
    invalidateAll(List.of(key));
  }

  @Override
  public void invalidateAll(Collection<? extends K> keys) {
    List<K> distinct = List.copyOf(new LinkedHashSet<K>(keys));
    if (ended || distinct.isEmpty()) {
      return;
    }
    stats.count(Stat.INVALIDATION_SENT, distinct.size());
    writes.invalidate(distinct, InvalidationOrigin.SOURCE);
  }

  @Override
  public void invalidateTag(String tag) {
    TagNames.check(tag);
    if (ended) {
      return;
    }
    stats.count(Stat.INVALIDATION_SENT);
    writes.invalidateTag(tag, InvalidationOrigin.SOURCE);
  }

  @Override
  public void invalidateAll() {
    if (ended) {
      return;
    }
    stats.count(Stat.INVALIDATION_SENT);
    writes.invalidateAll(InvalidationOrigin.SOURCE);
  }
}
