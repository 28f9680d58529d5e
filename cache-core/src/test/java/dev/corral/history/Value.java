package dev.corral.history;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What a recorded cache holds for a key: a version of the origin, and which load or write brought
 * it.
 *
 * @param id unlike that of any other value, in whatever process of this host
 */
public record Value(String key, long version, long id) {

  // A process id has up to 22 bits; so each process has 2^40 ids of its own.
  private static final AtomicLong IDS = new AtomicLong(ProcessHandle.current().pid() << 40);

  /** Makes a value with a new id. */
  public static Value of(String key, long version) {
    return new Value(key, version, IDS.incrementAndGet());
  }

  /** Returns the text to cache: {@code key|version|id}. */
  public String text() {
    return key + '|' + version + '|' + id;
  }

  /** Reads what {@link #text} wrote; null if it is not of that form. */
  static @Nullable Value parse(String text) {
    int beforeId = text.lastIndexOf('|');
    int beforeVersion = text.lastIndexOf('|', beforeId - 1);
    if (beforeVersion < 0) {
      return null;
    }
    try {
      long version = Long.parseLong(text, beforeVersion + 1, beforeId, 10);
      long id = Long.parseLong(text, beforeId + 1, text.length(), 10);
      return new Value(text.substring(0, beforeVersion), version, id);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
