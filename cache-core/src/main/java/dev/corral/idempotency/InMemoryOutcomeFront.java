package dev.corral.idempotency;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Outcomes in the memory of this process, as many as have room. Thread-safe. */
public final class InMemoryOutcomeFront implements OutcomeFront {

  /** What a record costs beside its outcome: its key above all, and the map's node. */
  private static final int RECORD_BYTES = 512;

  /** An outcome, until when. */
  private record Kept(Finished finished, long until) {

    private int weight() {
      return (int)
          Math.min(Integer.MAX_VALUE, (long) RECORD_BYTES + finished.outcome().bytes().length);
    }
  }

  private final Cache<IdempotencyKey, Kept> kept;
  private final Ticker ticker;

  /**
   * Creates an empty front.
   *
   * @param maximumBytes roughly how much memory it takes
   * @throws IllegalArgumentException if that is negative
   */
  public InMemoryOutcomeFront(long maximumBytes) {
    this(maximumBytes, System::nanoTime);
  }

  InMemoryOutcomeFront(long maximumBytes, LongSupplier ticker) {
    if (maximumBytes < 0) {
      throw new IllegalArgumentException("maximumBytes must not be negative: " + maximumBytes);
    }
    this.ticker = ticker::getAsLong;
    kept =
        Caffeine.newBuilder()
            .maximumWeight(maximumBytes)
            .weigher((IdempotencyKey key, Kept outcome) -> outcome.weight())
            .expireAfter(
                Expiry.<IdempotencyKey, Kept>creating((key, outcome) -> outcome.finished.left()))
            .ticker(this.ticker)
            .build();
  }

  @Override
  public Optional<Finished> find(IdempotencyKey key) {
    Kept found = kept.getIfPresent(key);
    if (found == null) {
      return Optional.empty();
    }
    Duration left = Duration.ofNanos(found.until - ticker.read());
    return Optional.of(new Finished(found.finished.fingerprint(), found.finished.outcome(), left));
  }

  @Override
  public void put(IdempotencyKey key, Finished finished) {
    // A longer life would count from when it was first put: so that goes first.
    kept.invalidate(key);
    kept.put(key, new Kept(finished, ticker.read() + finished.left().toNanos()));
  }
}
