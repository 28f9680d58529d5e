package dev.corral;

import dev.corral.stats.Stat;
import dev.corral.stats.StatsCounter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The values that the remote tier is not given. Each is counted; of each reason only the first is
 * told, as it is likely to be the same keys again and again.
 */
final class Unshared {

  private static final Logger LOG = LoggerFactory.getLogger(TieredCache.class);

  private final String cache;
  private final StatsCounter stats;
  private final Set<Class<?>> told = ConcurrentHashMap.newKeySet();

  Unshared(String cache, StatsCounter stats) {
    this.cache = cache;
    this.stats = stats;
  }

  void count(Object key, RuntimeException reason) {
    stats.count(Stat.UNSHARED);
    if (told.add(reason.getClass())) {
      LOG.warn(
          "Cache {} cannot share the value of key {}; others like it are only counted, as {}",
          cache,
          key,
          Stat.UNSHARED,
          reason);
    }
  }
}
