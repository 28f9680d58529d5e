package dev.corral.history;

import dev.corral.CorralException;
import dev.corral.TieredCache;
import dev.corral.UndeliveredException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The cache of a node, whose calls are recorded. What a call throws is recorded too, and then kept
 * from the caller, if it is one of Corral's own exceptions. Thread-safe.
 */
public final class RecordedCache {

  private final NodeLog log;
  private final TieredCache<String, String> cache;
  private final RecordedOrigin origin;

  public RecordedCache(NodeLog log, TieredCache<String, String> cache, RecordedOrigin origin) {
    this.log = log;
    this.cache = cache;
    this.origin = origin;
  }

  public NodeLog log() {
    return log;
  }

  public void get(String key) {
    record(log.begin(Kind.GET, key), () -> cache.get(key, origin.loaderOn(log)));
  }

  public void get(String key, Duration maxAge) {
    record(log.begin(Kind.GET, key), () -> cache.get(key, maxAge, origin.loaderOn(log)));
  }

  public void getIfPresent(String key) {
    Operation get = log.begin(Kind.GET, key).from(Source.LOCAL);
    Optional<String> found = cache.getIfPresent(key);
    if (found.isPresent()) {
      get.returned(found.get());
    } else {
      get.ended(Outcome.NOTHING);
    }
  }

  /** Gets several keys, which is a get of each of them. */
  public void getAll(Collection<String> keys) {
    Map<String, Operation> gets = new LinkedHashMap<>();
    keys.forEach(key -> gets.put(key, log.begin(Kind.GET, key)));
    try {
      Map<String, String> found = cache.getAll(keys, origin.bulkLoaderOn(log));
      gets.forEach((key, get) -> get.returned(found.get(key)));
    } catch (CorralException e) {
      gets.values().forEach(get -> get.failed(e));
    }
  }

  /** Gets a key without waiting for it. */
  public CompletableFuture<?> getAsync(String key) {
    return record(log.beginThreadless(Kind.GET, key), cache.getAsync(key, origin.loaderOn(log)));
  }

  /** Loads a key anew without waiting for it. */
  public CompletableFuture<?> refresh(String key) {
    return record(log.beginThreadless(Kind.GET, key), cache.refresh(key, origin.loaderOn(log)));
  }

  /** Puts what the origin holds. */
  public void put(String key) {
    Value value = Value.of(key, origin.versionOf(key));
    call(List.of(log.begin(Kind.PUT, value)), () -> cache.put(key, value.text()));
  }

  public void invalidate(String key) {
    call(List.of(log.begin(Kind.INVALIDATE, key)), () -> cache.invalidate(key));
  }

  /** Invalidates several keys, which is an invalidation of each of them. */
  public void invalidateAll(Collection<String> keys) {
    call(
        keys.stream().map(key -> log.begin(Kind.INVALIDATE, key)).toList(),
        () -> cache.invalidateAll(keys));
  }

  public void invalidateAll() {
    call(List.of(log.begin(Kind.INVALIDATE_ALL, (String) null)), cache::invalidateAll);
  }

  /** Writes the next version through, which fails if another one comes first. */
  public void write(String key) {
    Value value = Value.of(key, origin.versionOf(key) + 1);
    call(
        List.of(log.begin(Kind.WRITE, value)),
        () -> cache.write(key, value.text(), (k, v) -> origin.commit(log, value)));
  }

  /** Changes the origin, and writes around. */
  public void change(String key, boolean delete) {
    call(
        List.of(log.begin(Kind.CHANGE, key)),
        () -> cache.change(key, () -> origin.change(log, key, delete)));
  }

  /**
   * Ends calls as they end. What waits for its delivery may be the call of another thread: a call
   * that was delivered is then taken for one that will be, which is allowed more, but not much.
   */
  private void call(List<Operation> calls, Runnable action) {
    try {
      action.run();
      calls.forEach(call -> call.ended(delivered()));
    } catch (UndeliveredException e) {
      calls.forEach(call -> call.ended(Outcome.UNDELIVERED));
    } catch (RecordedOrigin.OutdatedException e) {
      Outcome outcome = delivered() == Outcome.DONE ? Outcome.FAILED : Outcome.PENDING;
      calls.forEach(call -> call.ended(outcome));
    }
  }

  private Outcome delivered() {
    return cache.pendingInvalidations() > 0 ? Outcome.PENDING : Outcome.DONE;
  }

  private static void record(Operation get, Supplier<@Nullable String> action) {
    try {
      get.returned(action.get());
    } catch (CorralException e) {
      get.failed(e);
    }
  }

  private static CompletableFuture<?> record(
      Operation get, CompletableFuture<@Nullable String> future) {
    return future.handle(
        (value, failure) -> {
          if (failure == null) {
            get.returned(value);
          } else {
            Throwable cause = failure.getCause();
            get.failed(failure instanceof CompletionException && cause != null ? cause : failure);
          }
          return value;
        });
  }
}
