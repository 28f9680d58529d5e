package dev.corral.history;

/** Where a get had its value from. */
public enum Source {
  /** Counts as local, for which more is allowed. */
  UNKNOWN,
  /** From this process's memory. */
  LOCAL,
  /** From Redis, or from a load that this get itself began. */
  REMOTE
}
