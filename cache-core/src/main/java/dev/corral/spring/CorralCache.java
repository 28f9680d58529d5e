package dev.corral.spring;

import dev.corral.CorralException;
import dev.corral.LoadFailedException;
import dev.corral.TieredCache;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.support.SimpleValueWrapper;

/**
 * A {@link TieredCache} as Spring sees a cache. With {@code @Cacheable(sync = true)} a method is
 * run as a loader, with all that Corral promises of loaders; what the method returns as null is an
 * absent value. Without {@code sync} Spring looks, runs the method and puts, which protects nobody
 * from a stampede and refreshes nothing: only what either tier holds fresh is found then.
 *
 * <p>{@code @CacheEvict} and {@code allEntries} are invalidations, for all nodes, and done when the
 * call returns. Thread-safe.
 */
public final class CorralCache implements Cache {

  private static final Object NOT_HELD = new Object();

  private final TieredCache<Object, Object> cache;

  /** Creates a view of a cache, which is not closed with it. */
  public CorralCache(TieredCache<Object, Object> cache) {
    this.cache = Objects.requireNonNull(cache, "cache");
  }

  @Override
  public String getName() {
    return cache.name();
  }

  @Override
  public TieredCache<Object, Object> getNativeCache() {
    return cache;
  }

  /** Returns what either tier holds fresh, as {@link TieredCache#getFreshOrDefault} does. */
  @Override
  public @Nullable ValueWrapper get(Object key) {
    return wrapped(cache.getFreshOrDefault(key, NOT_HELD));
  }

  private static @Nullable ValueWrapper wrapped(@Nullable Object held) {
    return held == NOT_HELD ? null : new SimpleValueWrapper(held);
  }

  @Override
  public <T> @Nullable T get(Object key, @Nullable Class<T> type) {
    ValueWrapper held = get(key);
    Object value = held == null ? null : held.get();
    if (value != null && type != null && !type.isInstance(value)) {
      throw new IllegalStateException(
          "The value of key %s of cache %s is no %s but a %s"
              .formatted(key, getName(), type.getName(), value.getClass().getName()));
    }
    @SuppressWarnings("unchecked") // what is asked for, as far as can be told
    T typed = (T) value;
    return typed;
  }

  /**
   * Returns the value of a key, which is loaded if need be.
   *
   * @throws ValueRetrievalException if there is no value to return; its cause is what the load
   *     threw, or the {@link CorralException} if another node ran it, it was rejected, or it took
   *     too long. Spring throws the cause. It would show anything else to the {@code
   *     CacheErrorHandler}, and if that is content, run the method past every limit
   */
  @Override
  @SuppressWarnings("unchecked") // the values of a key come from loaders of the same type
  public <T> @Nullable T get(Object key, Callable<T> loader) {
    try {
      return (T) cache.get(key, of -> MethodFailures.unwrapped(loader));
    } catch (LoadFailedException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new ValueRetrievalException(key, loader, MethodFailures.asExpectedBy(loader, cause));
    } catch (CorralException e) {
      throw new ValueRetrievalException(key, loader, e);
    }
  }

  /**
   * As {@link #get(Object)}, without blocking. What is found is wrapped, since a future of null
   * tells Spring that nothing was found.
   */
  @Override
  public @Nullable CompletableFuture<@Nullable ValueWrapper> retrieve(Object key) {
    CompletableFuture<@Nullable Object> found = cache.getFreshOrDefaultAsync(key, NOT_HELD);
    boolean nowhere =
        found.isDone() && !found.isCompletedExceptionally() && found.join() == NOT_HELD;
    return nowhere ? null : found.thenApply(CorralCache::wrapped);
  }

  /**
   * As {@link #get(Object, Callable)}, of what is loaded without blocking. A thread of the cache's
   * executor waits until the loader's future completes, as it would in a loader that hangs: give
   * the future a limit of its own, such as {@link CompletableFuture#orTimeout}. Callers wait for
   * the cache's load timeout at most.
   *
   * <p>Spring shows a future that failed to the {@code CacheErrorHandler}, whatever it failed with,
   * and if that is content, runs the method itself, past every limit.
   */
  @Override
  @SuppressWarnings("unchecked") // as above
  public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> loader) {
    CompletableFuture<Object> loaded =
        (CompletableFuture<Object>)
            (CompletableFuture<?>)
                cache.getAsync(key, of -> await(MethodFailures.unwrapped(loader::get)));
    return (CompletableFuture<T>)
        loaded.exceptionallyCompose(failure -> CompletableFuture.failedFuture(causeOf(failure)));
  }

  private static @Nullable Object await(CompletableFuture<?> future) throws Exception {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static Throwable causeOf(Throwable failure) {
    Throwable own =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return own instanceof LoadFailedException && own.getCause() != null ? own.getCause() : own;
  }

  /** Puts a value; null invalidates, as only a loader can say that the origin has none. */
  @Override
  public void put(Object key, @Nullable Object value) {
    if (value == null) {
      cache.invalidate(key);
    } else {
      cache.put(key, value);
    }
  }

  @Override
  public void evict(Object key) {
    cache.invalidate(key);
  }

  /**
   * Returns whether this process held a value of the key; that another did, or that an absent value
   * was held, is not known.
   */
  @Override
  public boolean evictIfPresent(Object key) {
    boolean held = cache.getIfPresent(key).isPresent();
    cache.invalidate(key);
    return held;
  }

  @Override
  public void clear() {
    cache.invalidateAll();
  }

  /** Returns whether this process held anything; that another did is not known. */
  @Override
  public boolean invalidate() {
    boolean held = cache.estimatedSize() > 0;
    cache.invalidateAll();
    return held;
  }
}
