package dev.corral;

import dev.corral.remote.RemoteStoreException;
import dev.corral.stats.Stat;
import dev.corral.stats.StatsCounter;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the remote tier answers. Each failure is counted; only a change of state is told. */
final class RemoteHealth {

  private static final Logger LOG = LoggerFactory.getLogger(TieredCache.class);

  private final String cache;
  private final StatsCounter stats;
  private final Events<?, ?> events;
  private final AtomicBoolean down = new AtomicBoolean();

  RemoteHealth(String cache, StatsCounter stats, Events<?, ?> events) {
    this.cache = cache;
    this.stats = stats;
    this.events = events;
  }

  void failed(RemoteStoreException failure) {
    stats.count(Stat.REMOTE_FAILURE);
    if (down.compareAndSet(false, true)) {
      LOG.warn("Cache {} goes on without its remote tier, which failed", cache, failure);
      events.remoteDown(failure);
    }
  }

  void worked() {
    // A plain read first: this is told after every step.
    if (down.get() && down.compareAndSet(true, false)) {
      LOG.info("Cache {} has its remote tier back", cache);
      events.remoteUp();
    }
  }
}
