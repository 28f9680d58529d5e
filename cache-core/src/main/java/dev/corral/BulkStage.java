package dev.corral;

import java.util.List;

/** What {@link Stage} is for one key, for several keys of which this thread leads the flights. */
interface BulkStage<K, V> {

  /**
   * Lands as many of the misses as can be resolved together, each as soon as it is. What is not
   * landed is left to be resolved key by key.
   *
   * @throws LoadInterruptedException if this thread was interrupted
   * @throws Error if the loader threw that
   */
  void resolveAll(List<Miss<K, V>> misses, BulkLoader<K, V> loader, LedFlights<K, V> led);
}
