package dev.corral;

import dev.corral.PendingInvalidations.Item;
import dev.corral.remote.RemoteStoreException;
import dev.corral.stats.Stat;
import dev.corral.stats.StatsCounter;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that no invalidation is lost quietly: what the remote tier did not confirm is kept,
 * and delivered before this process trusts the remote tier again.
 */
final class Delivery<K, V> {

  /** How many keys are kept; more become a clear of all. */
  private static final int LONGEST_LIST = 10_000;

  private final String cache;
  private final RemoteTier<K, V> remote;
  private final RemoteHealth health;
  private final Trust trust;
  private final Undelivered policy;
  private final Ticker ticker;
  private final long pauseNanos;
  private final StatsCounter stats;
  private final Events<K, V> events;
  private final PendingInvalidations pending = new PendingInvalidations(LONGEST_LIST);

  private final ReentrantLock delivering = new ReentrantLock();
  private long retryAt; // guarded by delivering

  Delivery(
      Config<K, V> config,
      RemoteTier<K, V> remote,
      RemoteHealth health,
      Trust trust,
      StatsCounter stats,
      Events<K, V> events) {
    this.cache = config.name();
    this.remote = remote;
    this.health = health;
    this.trust = trust;
    this.policy = config.undelivered();
    this.ticker = config.ticker();
    this.pauseNanos = config.syncInterval().toNanos();
    this.stats = stats;
    this.events = events;
    retryAt = ticker.read();
  }

  /** Returns how many keys and tags wait to be invalidated in the remote tier; all keys are one. */
  int pending() {
    return pending.size();
  }

  /** Whether a value was loaded before an invalidation that the remote tier does not know of. */
  boolean isPending(String text, @Nullable EntryTags tags) {
    return !pending.isEmpty()
        && (pending.holds(Item.key(text))
            || (tags != null
                && tags.names().stream().anyMatch(tag -> pending.holds(Item.tag(tag)))));
  }

  /**
   * Takes a step that invalidates keys in the remote tier, and keeps them if it does not arrive.
   *
   * @param texts of the keys; none of them means all keys
   * @return null, or why the step did not arrive
   */
  @Nullable RemoteStoreException attempt(List<K> keys, List<String> texts, Runnable step) {
    return attempt(
        keys,
        step,
        () -> {
          if (texts.isEmpty()) {
            pending.addAll();
          } else {
            pending.add(texts.stream().map(Item::key).toList());
          }
        });
  }

  /**
   * Takes a step that invalidates one key in the remote tier, and keeps the key, with the mark that
   * the step is to leave, if it does not arrive.
   *
   * @param version null if the step leaves no mark
   * @return null, or why the step did not arrive
   */
  @Nullable RemoteStoreException attempt(
      K key, String text, @Nullable Long version, Runnable step) {
    return attempt(List.of(key), step, () -> pending.add(text, version));
  }

  private @Nullable RemoteStoreException attempt(List<K> keys, Runnable step, Runnable keep) {
    try {
      step.run();
      return null;
    } catch (RemoteStoreException e) {
      health.failed(e);
      keep.run();
      events.invalidationPending(keys);
      return e;
    }
  }

  /**
   * Takes a step that invalidates a tag in the remote tier, and keeps the tag if it does not
   * arrive.
   *
   * @return null, or why the step did not arrive
   */
  @Nullable RemoteStoreException attemptTag(String tag, Runnable step) {
    try {
      step.run();
      return null;
    } catch (RemoteStoreException e) {
      health.failed(e);
      pending.add(List.of(Item.tag(tag)));
      events.tagInvalidationPending(tag);
      return e;
    }
  }

  /**
   * Tells a caller who wants to know that a step did not arrive.
   *
   * @param failure null if it did
   * @throws UndeliveredException if the policy says so
   */
  void report(List<K> keys, @Nullable RemoteStoreException failure) {
    if (failure != null && policy == Undelivered.THROW) {
      throw new UndeliveredException(cache, keys, failure);
    }
  }

  /**
   * Returns whether nothing is pending, so that the remote tier can be trusted; tries to deliver
   * what is, unless another thread does or it has failed a moment ago.
   */
  boolean isClear() {
    return pending.isEmpty() || deliver(false);
  }

  /** Tries to deliver what is pending, even if it has failed a moment ago. */
  void retry() {
    if (!pending.isEmpty()) {
      deliver(true);
    }
  }

  private boolean deliver(boolean atOnce) {
    if (!delivering.tryLock()) {
      return false;
    }
    try {
      if (!atOnce && ticker.read() - retryAt < 0) {
        return false;
      }
      while (!pending.isEmpty()) {
        deliver(pending.batch());
      }
      return true;
    } catch (RemoteStoreException e) {
      health.failed(e);
      retryAt = ticker.read() + pauseNanos;
      return false;
    } finally {
      delivering.unlock();
    }
  }

  private void deliver(PendingInvalidations.Batch batch) {
    if (batch.all()) {
      remote.clear();
    }
    List<String> texts = batch.unmarked();
    if (!texts.isEmpty()) {
      remote.invalidateAll(texts);
    }
    if (!batch.marks().isEmpty()) {
      remote.invalidateAll(batch.marks());
    }
    for (String tag : batch.texts(true)) {
      trust.voidTag(tag, remote.invalidateTag(tag));
    }
    pending.delivered(batch);
    int count = batch.items().size() + (batch.all() ? 1 : 0);
    stats.count(Stat.INVALIDATION_REPLAYED, count);
    events.invalidationsReplayed(count);
  }
}
