package dev.corral;

/**
 * An entry that a stage has come by, and what may be done with it.
 *
 * @param found whether the remote tier had it, so that nothing was loaded
 */
record Resolved<V>(Entry<V> entry, Standing standing, boolean found) {

  enum Standing {
    /** Current: fill the local tier with it. */
    KEPT,
    /** Current, but not to be kept: for those who wait for it. What was held before is void. */
    PASSING,
    /**
     * Older than what is known of the key: for those who wait for it, and not to be kept. What is
     * held is no older, and stays.
     */
    OUTDATED,
    /**
     * The key was invalidated, or the lease lost, while it was loaded: for those who asked before
     * the load began, and nobody else.
     */
    REFUSED
  }

  static <V> Resolved<V> kept(Entry<V> entry) {
    return new Resolved<>(entry, Standing.KEPT, false);
  }

  /** Of an entry that the remote tier had. */
  static <V> Resolved<V> found(Entry<V> entry) {
    return new Resolved<>(entry, Standing.KEPT, true);
  }

  static <V> Resolved<V> passing(Entry<V> entry) {
    return new Resolved<>(entry, Standing.PASSING, false);
  }

  static <V> Resolved<V> outdated(Entry<V> entry) {
    return new Resolved<>(entry, Standing.OUTDATED, false);
  }

  static <V> Resolved<V> refused(Entry<V> entry) {
    return new Resolved<>(entry, Standing.REFUSED, false);
  }
}
