package dev.corral.remote;

/**
 * A store that several processes share: the remote tier of their caches. Thread-safe; one store
 * serves any number of caches in a process.
 */
public interface RemoteStore extends AutoCloseable {

  /**
   * Opens the region that belongs to the cache of this name. Regions of one name opened by several
   * nodes share their keys; regions of different names share nothing. Succeeds while the store is
   * away, and begins to listen as soon as it can.
   *
   * @param name 1 to 128 characters: ASCII letters, digits, {@code .}, {@code _}, {@code -} and
   *     {@code @}
   * @throws IllegalArgumentException if the name breaks that rule
   * @throws IllegalStateException if the store is closed
   */
  RemoteRegion open(String name, RemoteEvents events);

  /**
   * Returns what sets applications apart that share one store, the same on all nodes of one; empty
   * if nothing does. It is part of the name under which codecs know an entry.
   */
  default String namespace() {
    return "";
  }

  /** Stops listening, and closes the regions; connections that the user handed in stay open. */
  @Override
  void close();
}
