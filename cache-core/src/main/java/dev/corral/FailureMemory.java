package dev.corral;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.corral.remote.StoredFailure;
import dev.corral.stats.Stat;
import dev.corral.stats.StatsCounter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which keys this process failed to load a moment ago, and is to leave alone: what the remote tier
 * does for the cluster, for a cache that has none, or cannot reach it.
 *
 * <p>Remembers the text of a failure, as other nodes would be told it, and not what it was caused
 * by: thousands of exceptions with all that hangs on them are no price for an outage.
 */
final class FailureMemory<K> {

  /** How many keys are remembered; of the others, each caller tries. */
  private static final int MOST_KEYS = 10_000;

  private static final long LEAST_REST_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int REST_CAPS = 10;

  /**
   * A failed load.
   *
   * @param until when the next attempt may be made, in nanoseconds of the cache's ticker
   * @param count how many attempts have failed in a row
   */
  private record Failure(StoredFailure text, long until, int count) {}

  private final String cache;
  private final Backoff backoff;
  private final Ticker ticker;
  private final long restNanos;
  private final Predicate<K> isCurrent;
  private final StatsCounter stats;
  private final Cache<K, Failure> failures =
      Caffeine.newBuilder().maximumSize(MOST_KEYS).executor(Runnable::run).build();

  /**
   * Creates a memory that is empty.
   *
   * @param isCurrent whether the load that the current thread runs of a key has not been doomed
   */
  FailureMemory(
      String cache, Backoff backoff, Predicate<K> isCurrent, Ticker ticker, StatsCounter stats) {
    this.isCurrent = isCurrent;
    this.cache = cache;
    this.backoff = backoff;
    this.ticker = ticker;
    this.restNanos = Math.max(LEAST_REST_NANOS, REST_CAPS * backoff.capNanos());
    this.stats = stats;
  }

  /** Returns for how long a key is to be left alone yet; empty if it is not. */
  Optional<Duration> leftAlone(K key) {
    Failure failure = failures.policy().getIfPresentQuietly(key);
    long left = failure == null ? 0 : failure.until - ticker.read();
    return left > 0 ? Optional.of(Duration.ofNanos(left)) : Optional.empty();
  }

  /** Returns the failure of a key that is to be left alone at present, or null. */
  @Nullable LoadFailedException standing(K key) {
    Failure failure = failures.getIfPresent(key);
    if (failure == null) {
      return null;
    }
    long left = failure.until - ticker.read();
    if (left <= 0) {
      return null;
    }
    stats.count(Stat.BACKED_OFF);
    FailureText text = FailureFormat.decode(failure.text.bytes());
    return new LoadFailedException(cache, key, text.type(), text.message(), Duration.ofNanos(left));
  }

  /**
   * Remembers that a load failed, and returns the failure with the time of the next attempt. A load
   * that the key was invalidated since says nothing about the next one, and is not remembered.
   */
  LoadFailedException remember(K key, LoadFailedException failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    StoredFailure text = new StoredFailure(FailureFormat.encode(cause));
    Failure remembered =
        failures
            .asMap()
            .compute(key, (k, last) -> isCurrent.test(k) ? next(last, cause, text) : last);
    return remembered == null || remembered.text != text
        ? failure
        : failure.withRetryAfter(Duration.ofNanos(Math.max(0, remembered.until - ticker.read())));
  }

  private Failure next(@Nullable Failure last, Throwable cause, StoredFailure text) {
    long now = ticker.read();
    int count = last != null && now - last.until < restNanos ? last.count + 1 : 1;
    return new Failure(text, now + backoff.drawNanos(count, cause), count);
  }

  /** Forgets a key that was loaded. */
  void forget(K key) {
    failures.invalidate(key);
  }

  /** Lets the next caller of a key try at once: something about it has changed. */
  void pardon(K key) {
    failures
        .asMap()
        .computeIfPresent(
            key, (k, failure) -> new Failure(failure.text, ticker.read(), failure.count));
  }

  void pardonAll() {
    failures.asMap().keySet().forEach(this::pardon);
  }
}
