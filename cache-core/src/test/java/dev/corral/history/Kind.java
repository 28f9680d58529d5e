package dev.corral.history;

/** What an {@link Operation} is. */
public enum Kind {
  /** Somebody asks a cache for a key, in whatever way. */
  GET,
  /** A loader runs for a key; a bulk loader does so once for each of its keys. */
  LOAD,
  INVALIDATE,
  /** All keys are invalidated; has no key. */
  INVALIDATE_ALL,
  PUT,
  /** Write-through. */
  WRITE,
  /** Write-around. */
  CHANGE,
  /** The origin comes to hold a version of a key. Versions of a key only grow. */
  ORIGIN,
  /** An invalidation that had not reached Redis does so at last; no key if it is for all keys. */
  REPLAY,
  /** The node cannot reach Redis, or does not trust it yet. */
  UNREACHABLE,
  /** The node can ask Redis, but what others tell it is lost; ends when it has made up for that. */
  DEAF,
  /** Single messages to the node may be lost or late, and it is not told. Excuses no old value. */
  LOSSY,
  /** The node's process stands still. */
  PAUSED,
  /** The node's process is dead, and perhaps its record lost. */
  GONE,
  /** What Redis took meanwhile may be lost, and what it held before. */
  REDIS_LOST;

  /** Whether calls of this kind make void what was loaded before them. */
  boolean voids() {
    return switch (this) {
      case INVALIDATE, INVALIDATE_ALL, PUT, WRITE, CHANGE -> true;
      default -> false;
    };
  }

  /** Whether calls of this kind change the origin themselves. */
  boolean changesOrigin() {
    return this == WRITE || this == CHANGE;
  }

  /** Whether this says how a node, or all of them, fared, and nothing of a key. */
  boolean isState() {
    return switch (this) {
      case UNREACHABLE, DEAF, LOSSY, PAUSED, GONE, REDIS_LOST -> true;
      default -> false;
    };
  }
}
