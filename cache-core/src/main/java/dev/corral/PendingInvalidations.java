package dev.corral;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The invalidations that the remote tier has not confirmed, each key and tag once. Bounded: too
 * many become one clear of all. Thread-safe, and never blocks for long.
 */
final class PendingInvalidations {

  /** What is to be delivered together. */
  record Batch(boolean all, List<Item> items, Map<String, Long> marks, long upTo) {

    /** Returns the keys, or the tags, of the batch. */
    List<String> texts(boolean tags) {
      return items.stream().filter(item -> item.tag() == tags).map(Item::text).toList();
    }

    /** Returns the keys that leave no mark. */
    List<String> unmarked() {
      return texts(false).stream().filter(text -> !marks.containsKey(text)).toList();
    }
  }

  /** A key by its text, or a tag. */
  record Item(String text, boolean tag) {
    static Item key(String text) {
      return new Item(text, false);
    }

    static Item tag(String text) {
      return new Item(text, true);
    }
  }

  /** How many keys are sent in one round trip. */
  private static final int LARGEST_BATCH = 1_000;

  private final int limit;

  // guarded by this; a ticket tells a key that was asked for again since a batch was taken
  private final Map<Item, Long> tickets = new LinkedHashMap<>();
  private final Map<String, Long> marks = new HashMap<>(); // of pending keys, by their texts
  private long ticketOfAll;
  private long lastTicket;

  private volatile int size;

  /** Creates an empty list of at most so many keys and tags. */
  PendingInvalidations(int limit) {
    this.limit = limit;
  }

  /** Adds some keys or tags. */
  synchronized void add(Collection<Item> items) {
    long ticket = ++lastTicket;
    if (ticketOfAll != 0) {
      ticketOfAll = ticket;
    } else {
      items.forEach(item -> tickets.put(item, ticket));
      if (tickets.size() > limit) {
        tickets.clear();
        marks.clear();
        ticketOfAll = ticket;
      }
    }
    count();
  }

  /**
   * Adds a key whose invalidation leaves a mark of a version, or of a higher one that it is to
   * leave already. The mark is forgotten if the key is pending with all others only.
   *
   * @param version null if it leaves none
   */
  synchronized void add(String text, @Nullable Long version) {
    Item key = Item.key(text);
    add(List.of(key));
    if (version != null && tickets.containsKey(key)) {
      marks.merge(text, version, Math::max);
    }
  }

  /** Adds all keys there are. */
  synchronized void addAll() {
    tickets.clear();
    marks.clear();
    ticketOfAll = ++lastTicket;
    count();
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Returns how many keys and tags are pending; all keys count as one. */
  int size() {
    return size;
  }

  /** Whether the invalidation of a key or a tag is pending. */
  boolean holds(Item item) {
    if (isEmpty()) {
      return false;
    }
    synchronized (this) {
      return ticketOfAll != 0 || tickets.containsKey(item);
    }
  }

  /** Returns some of what is pending, the oldest first. */
  synchronized Batch batch() {
    List<Item> items = tickets.keySet().stream().limit(LARGEST_BATCH).toList();
    Map<String, Long> marked = new LinkedHashMap<>();
    for (Item item : items) {
      Long version = item.tag() ? null : marks.get(item.text());
      if (version != null) {
        marked.put(item.text(), version);
      }
    }
    return new Batch(ticketOfAll != 0, items, marked, lastTicket);
  }

  /** Forgets what has been delivered, save what was asked for again since the batch was taken. */
  synchronized void delivered(Batch batch) {
    if (batch.all() && ticketOfAll <= batch.upTo()) {
      ticketOfAll = 0;
    }
    for (Item item : batch.items()) {
      Long ticket = tickets.get(item);
      if (ticket != null && ticket <= batch.upTo()) {
        tickets.remove(item);
        if (!item.tag()) {
          marks.remove(item.text());
        }
      }
    }
    count();
  }

  private void count() {
    size = tickets.size() + (ticketOfAll == 0 ? 0 : 1);
  }
}
