package dev.corral.observe;

import java.util.Objects;

/**
 * Something in a cache that takes time.
 *
 * @param cache the name of the cache
 * @param name which one of its kind: one of a few fixed words, never a key
 * @param keys how many keys it is about; 0 if it is about the whole cache
 */
public record Step(String cache, Kind kind, String name, int keys) {

  /** What kind of thing takes time. */
  public enum Kind {
    /** A call of a loader: {@code load}, or {@code loadAll} of a bulk loader. */
    LOAD,
    /** A {@code refresh} in the background, with all that it does. */
    REFRESH,
    /**
     * A wait for a load that somebody else runs: {@code thread}, for another thread of this
     * process, or {@code peer}, for another process.
     */
    WAIT,
    /** A step of the remote tier, by the name of its method in {@code RemoteRegion}. */
    REMOTE
  }

  /** Checks that nothing is null. */
  public Step {
    Objects.requireNonNull(cache, "cache");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(name, "name");
  }
}
