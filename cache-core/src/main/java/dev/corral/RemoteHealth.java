package dev.corral;

import dev.corral.remote.RemoteStoreException;
import dev.corral.stats.Stat;
import dev.corral.stats.StatsCounter;

/** How the remote tier does: failed steps are counted, and what the store says of it is told. */
final class RemoteHealth {

  private final StatsCounter stats;
  private final Events<?, ?> events;

  RemoteHealth(StatsCounter stats, Events<?, ?> events) {
    this.stats = stats;
    this.events = events;
  }

  /** A step did not arrive, or may not have. */
  void failed(RemoteStoreException failure) {
    stats.count(failure.isRefused() ? Stat.REMOTE_REFUSED : Stat.REMOTE_FAILURE);
  }

  void down(Throwable cause) {
    events.remoteDown(cause);
  }

  void up() {
    events.remoteUp();
  }
}
