package dev.corral.redis;

import java.util.List;

/**
 * What a region asks of Redis, as messages name it.
 *
 * @param keys how many it is about: one may take longer than another
 */
record Step(String name, String key, int keys, RedisKeys region) {

  private static final int LONGEST_SHOWN = 100;

  static Step of(String name, String key, RedisKeys region) {
    return new Step(name, key, 1, region);
  }

  static Step of(String name, List<String> keys, RedisKeys region) {
    return keys.size() == 1
        ? of(name, keys.get(0), region)
        : new Step(name, keys.size() + " keys", keys.size(), region);
  }

  @Override
  public String toString() {
    String shown = key.length() <= LONGEST_SHOWN ? key : key.substring(0, LONGEST_SHOWN) + "…";
    return "%s %s of %s".formatted(name, shown, region);
  }
}
