package dev.corral;

import dev.corral.remote.RemoteRegion;
import dev.corral.remote.RemoteStoreException;
import dev.corral.stats.Stat;
import dev.corral.stats.StatsCounter;
import java.time.Duration;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the remote tier does: failed steps are counted, what the store says of it is told, and both
 * are kept for who asks. Nothing is decided by it.
 */
final class RemoteHealth {

  private final StatsCounter stats;
  private final Events<?, ?> events;
  private final Ticker ticker;
  private final long suspectNanos;

  private volatile boolean away;
  private volatile boolean unanswered;
  private volatile boolean subscribed;
  private volatile @Nullable Long lastContact;

  // When each partition was suspected last; guarded by itself.
  private final @Nullable Long[] suspectedAt = new @Nullable Long[RemoteRegion.PARTITIONS];

  /**
   * Creates the health of one region.
   *
   * @param suspectFor how long a partition counts as suspect
   */
  RemoteHealth(StatsCounter stats, Events<?, ?> events, Ticker ticker, Duration suspectFor) {
    this.stats = stats;
    this.events = events;
    this.ticker = ticker;
    this.suspectNanos = suspectFor.toNanos();
  }

  /** A step did not arrive, or may not have. */
  void failed(RemoteStoreException failure) {
    stats.count(failure.isRefused() ? Stat.REMOTE_REFUSED : Stat.REMOTE_FAILURE);
  }

  void down(Throwable cause) {
    away = true;
    events.remoteDown(cause);
  }

  void up() {
    away = false;
    events.remoteUp();
  }

  void subscribed(boolean receiving) {
    subscribed = receiving;
  }

  /**
   * The store answered how far it has come.
   *
   * @param askedAt when it was asked
   */
  void answered(long askedAt) {
    lastContact = askedAt;
    unanswered = false;
  }

  /** The store did not. */
  void unanswered() {
    unanswered = true;
  }

  void suspected(BitSet partitions) {
    long now = ticker.read();
    synchronized (suspectedAt) {
      partitions.stream().forEach(i -> suspectedAt[i] = now);
    }
  }

  CacheHealth.Remote now(int pending) {
    long now = ticker.read();
    Long contact = lastContact;
    return new CacheHealth.Remote(
        !away && !unanswered && contact != null,
        subscribed,
        Optional.ofNullable(contact).map(at -> Duration.ofNanos(now - at)),
        pending,
        suspects(now));
  }

  private int suspects(long now) {
    int count = 0;
    synchronized (suspectedAt) {
      for (Long at : suspectedAt) {
        if (at != null && now - at < suspectNanos) {
          count++;
        }
      }
    }
    return count;
  }
}
