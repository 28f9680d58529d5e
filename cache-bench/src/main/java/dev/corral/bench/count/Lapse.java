package dev.corral.bench.count;

/**
 * A stretch in which a key had no fresh value at first and needed one load, and the loads that it
 * got.
 *
 * @param key the number of the key
 * @param begin when the first of those loads began
 * @param loads how many loads began until the new value lapsed in its turn
 * @param cold whether the key had never had a value before, so that none had expired
 */
public record Lapse(int key, long begin, int loads, boolean cold) {}
