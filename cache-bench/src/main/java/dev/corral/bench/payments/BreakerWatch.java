package dev.corral.bench.payments;

import dev.corral.origin.BreakerState;
import dev.corral.origin.Origin;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts how often a breaker opens, by looking at it every few milliseconds: one that has tried
 * again and opened anew in between is counted once.
 */
final class BreakerWatch {
  private static final long EVERY_MILLIS = 2;

  private final Origin origin;
  private final AtomicLong openings = new AtomicLong();
  private BreakerState last = BreakerState.CLOSED; // of the one thread that looks

  BreakerWatch(Origin origin) {
    this.origin = origin;
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            look -> {
              var daemon = new Thread(look, "breaker-watch");
              daemon.setDaemon(true);
              return daemon;
            });
    var unused =
        thread.scheduleAtFixedRate(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    BreakerState now = origin.stats().breaker();
    if (now == BreakerState.OPEN && last != BreakerState.OPEN) {
      openings.incrementAndGet();
    }
    last = now;
  }

  long openings() {
    return openings.get();
  }
}
