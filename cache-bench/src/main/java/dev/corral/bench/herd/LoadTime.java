package dev.corral.bench.herd;

/**
 * When a loader call ran, by the shared clock.
 *
 * @param end just before the loader returned
 */
record LoadTime(long begin, long end) {

  long nanos() {
    return end - begin;
  }
}
