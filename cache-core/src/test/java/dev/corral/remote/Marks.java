package dev.corral.remote;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The version marks of the keys of a region. Guarded by the server's lock. */
final class Marks {

  private record Standing(long version, long expiryMillis) {}

  private final ServerConditions conditions;
  private final Map<String, Standing> marks = new HashMap<>();

  Marks(ServerConditions conditions) {
    this.conditions = conditions;
  }

  /** Leaves a mark, if there is one to leave, or lets a higher one stand for longer. */
  void leave(String key, @Nullable VersionMark mark) {
    if (mark != null) {
      Standing held = find(key);
      long version = held == null ? mark.version() : Math.max(held.version(), mark.version());
      marks.put(key, new Standing(version, conditions.nowMillis + mark.life().toMillis()));
    }
  }

  /** Whether a version, or having none, is older than the mark of its key. */
  boolean outdate(String key, OptionalLong version) {
    Standing held = find(key);
    return held != null && (version.isEmpty() || version.getAsLong() < held.version());
  }

  void flush() {
    marks.clear();
  }

  private @Nullable Standing find(String key) {
    Standing held = marks.get(key);
    return held != null && conditions.isBefore(held.expiryMillis()) ? held : null;
  }
}
