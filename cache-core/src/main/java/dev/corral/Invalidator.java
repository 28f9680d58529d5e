package dev.corral;

import dev.corral.codec.KeyCodec;
import dev.corral.remote.LoadOutcome;
import dev.corral.remote.RemoteEvents;
import dev.corral.remote.RemoteRegion;
import dev.corral.stats.Stat;
import dev.corral.stats.StatsCounter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings this process's local tier in line with what other nodes say, and passes on how the store
 * does. Runs on the store's threads, and does nothing there that could block.
 */
final class Invalidator<K, V> implements RemoteEvents {

  private static final Logger LOG = LoggerFactory.getLogger(TieredCache.class);

  private final KeyCodec<K> keys;
  private final Flights<K, V> flights;
  private final Waits waits;
  private final Sync sync;
  private final RemoteHealth health;
  private final Trust trust;
  private final StatsCounter stats;
  private final Events<K, V> events;

  Invalidator(
      KeyCodec<K> keys,
      Flights<K, V> flights,
      Waits waits,
      Sync sync,
      RemoteHealth health,
      Trust trust,
      StatsCounter stats,
      Events<K, V> events) {
    this.keys = keys;
    this.flights = flights;
    this.waits = waits;
    this.sync = sync;
    this.health = health;
    this.trust = trust;
    this.stats = stats;
    this.events = events;
  }

  @Override
  public void invalidated(String text, int partition, long stamp, boolean own) {
    // Of its own, the caller of the invalidation sees to it, before it returns.
    if (own || drop(text)) {
      sync.heard(partition, stamp);
    }
  }

  /** Returns whether that was done; nothing may reach the thread that all messages come on. */
  private boolean drop(String text) {
    K key;
    try {
      key = keys.decode(text);
    } catch (RuntimeException e) {
      // No key of this process has this text, however its codec says so.
      return true;
    } catch (Throwable e) {
      // Which key it was is not known, so that the message counts as missed.
      LOG.error("The keys option cannot decode \"{}\"", text, e);
      return false;
    }
    flights.doom(key);
    // Afterwards: who has seen the count finds the key dropped.
    stats.count(Stat.INVALIDATION_RECEIVED);
    events.invalidated(key, InvalidationOrigin.REMOTE);
    return true;
  }

  @Override
  public void cleared(long[] seqs, boolean own) {
    if (!own) {
      flights.doomAll();
      stats.count(Stat.INVALIDATION_RECEIVED);
      events.invalidatedAll(InvalidationOrigin.REMOTE);
    }
    for (int i = 0; i < seqs.length; i++) {
      if (seqs[i] != RemoteRegion.UNKNOWN_SEQ) {
        sync.heard(i, seqs[i]);
      }
    }
  }

  @Override
  public void tagInvalidated(String tag, int partition, long seq, boolean own) {
    trust.voidTag(tag, seq);
    sync.heard(partition, seq);
    if (!own) {
      stats.count(Stat.INVALIDATION_RECEIVED);
      events.tagInvalidated(tag, InvalidationOrigin.REMOTE);
    }
  }

  @Override
  public void ended(String text, LoadOutcome outcome) {
    waits.ended(text, outcome);
  }

  @Override
  public void subscribed() {
    health.subscribed(true);
    sync.subscribed();
  }

  @Override
  public void unsubscribed() {
    health.subscribed(false);
    // What is held stays good until the seqs say that something was missed.
  }

  @Override
  public void unavailable(Throwable cause) {
    health.down(cause);
  }

  @Override
  public void available() {
    health.up();
    sync.available();
  }
}
