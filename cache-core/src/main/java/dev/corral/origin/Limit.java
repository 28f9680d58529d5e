package dev.corral.origin;

/** What kept a load from its origin. */
public enum Limit {
  /** As many loads as are allowed at a time were running, and the queue was full or too slow. */
  CONCURRENCY,
  /** As many loads as are allowed in a period have been begun. */
  RATE,
  /** The origin failed so often that it is left alone for a while. */
  CIRCUIT_BREAKER
}
