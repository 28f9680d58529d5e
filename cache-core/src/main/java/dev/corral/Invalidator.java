package dev.corral;

import dev.corral.codec.KeyCodec;
import dev.corral.remote.LoadOutcome;
import dev.corral.remote.RemoteEvents;
import dev.corral.stats.Stat;
import dev.corral.stats.StatsCounter;

/**
 * Brings this process's local tier in line with what other nodes say. Runs on the store's message
 * thread, and does nothing there that could block.
 */
final class Invalidator<K, V> implements RemoteEvents {

  private final KeyCodec<K> keys;
  private final Flights<K, V> flights;
  private final Waits waits;
  private final StatsCounter stats;
  private final Events<K, V> events;

  Invalidator(
      KeyCodec<K> keys,
      Flights<K, V> flights,
      Waits waits,
      StatsCounter stats,
      Events<K, V> events) {
    this.keys = keys;
    this.flights = flights;
    this.waits = waits;
    this.stats = stats;
    this.events = events;
  }

  @Override
  public void invalidated(String text, long stamp, boolean own) {
    if (own) {
      // The caller of the invalidation sees to it, before it returns.
      return;
    }
    K key;
    try {
      key = keys.decode(text);
    } catch (RuntimeException e) {
      // No key of this process has this text, however its codec says so: an exception must not
      // reach the thread that all messages come on.
      return;
    }
    stats.count(Stat.INVALIDATION_RECEIVED);
    flights.doom(key);
    events.invalidated(key, InvalidationOrigin.REMOTE);
  }

  @Override
  public void cleared(boolean own) {
    if (own) {
      return;
    }
    stats.count(Stat.INVALIDATION_RECEIVED);
    flights.doomAll();
    events.invalidatedAll(InvalidationOrigin.REMOTE);
  }

  @Override
  public void ended(String text, LoadOutcome outcome) {
    waits.ended(text, outcome);
  }

  @Override
  public void subscribed() {
    // Whatever was invalidated before this moment was perhaps not told to this node.
    flights.doomAll();
    events.invalidatedAll(InvalidationOrigin.RECONNECT);
  }

  @Override
  public void unsubscribed() {
    // What is held stays good for as long as it was good for; there is nothing better to be had.
  }
}
