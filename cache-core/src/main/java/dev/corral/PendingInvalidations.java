package dev.corral;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The invalidations that the remote tier has not confirmed, each key once. Bounded: too many keys
 * become one clear of all. Thread-safe, and never blocks for long.
 */
final class PendingInvalidations {

  /** What is to be delivered together. */
  record Batch(boolean all, List<String> texts, long upTo) {}

  /** How many keys are sent in one round trip. */
  private static final int LARGEST_BATCH = 1_000;

  private final int limit;

  // guarded by this; a ticket tells a key that was asked for again since a batch was taken
  private final Map<String, Long> tickets = new LinkedHashMap<>();
  private long ticketOfAll;
  private long lastTicket;

  private volatile int size;

  /** Creates an empty list of at most so many keys. */
  PendingInvalidations(int limit) {
    this.limit = limit;
  }

  /** Adds some keys. */
  synchronized void add(Collection<String> texts) {
    long ticket = ++lastTicket;
    if (ticketOfAll != 0) {
      ticketOfAll = ticket;
    } else {
      texts.forEach(text -> tickets.put(text, ticket));
      if (tickets.size() > limit) {
        tickets.clear();
        ticketOfAll = ticket;
      }
    }
    count();
  }

  /** Adds all keys there are. */
  synchronized void addAll() {
    tickets.clear();
    ticketOfAll = ++lastTicket;
    count();
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Returns how many keys are pending; all of them count as one. */
  int size() {
    return size;
  }

  /** Whether the invalidation of a key is pending. */
  boolean holds(String text) {
    if (isEmpty()) {
      return false;
    }
    synchronized (this) {
      return ticketOfAll != 0 || tickets.containsKey(text);
    }
  }

  /** Returns some of what is pending, the oldest first. */
  synchronized Batch batch() {
    List<String> texts = new ArrayList<>();
    for (String text : tickets.keySet()) {
      if (texts.size() == LARGEST_BATCH) {
        break;
      }
      texts.add(text);
    }
    return new Batch(ticketOfAll != 0, texts, lastTicket);
  }

  /** Forgets what has been delivered, save what was asked for again since the batch was taken. */
  synchronized void delivered(Batch batch) {
    if (batch.all() && ticketOfAll <= batch.upTo()) {
      ticketOfAll = 0;
    }
    for (String text : batch.texts()) {
      Long ticket = tickets.get(text);
      if (ticket != null && ticket <= batch.upTo()) {
        tickets.remove(text);
      }
    }
    count();
  }

  private void count() {
    size = tickets.size() + (ticketOfAll == 0 ? 0 : 1);
  }
}
