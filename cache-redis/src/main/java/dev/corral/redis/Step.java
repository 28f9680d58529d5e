package dev.corral.redis;

import java.util.List;

/**
 * What a region, or another user of the store's connections, asks of Redis, as messages name it.
 *
 * @param keys how many it is about: one may take longer than another
 */
record Step(String name, String key, int keys, String region) {

  private static final int LONGEST_SHOWN = 100;

  static Step of(String name, String key, RedisKeys region) {
    return new Step(name, key, 1, region.toString());
  }

  /** A step on an idempotency key. */
  static Step ofIdempotency(String name, String key, String namespace) {
    return new Step(name, key, 1, "idempotency in " + namespace);
  }

  static Step of(String name, List<String> keys, RedisKeys region) {
    return keys.size() == 1
        ? of(name, keys.get(0), region)
        : new Step(name, keys.size() + " keys", keys.size(), region.toString());
  }

  @Override
  public String toString() {
    String shown = key.length() <= LONGEST_SHOWN ? key : key.substring(0, LONGEST_SHOWN) + "…";
    return "%s %s of %s".formatted(name, shown, region);
  }
}
