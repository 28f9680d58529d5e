package dev.corral.redis;

import dev.corral.remote.RemoteStoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leases that may stand in Redis with nobody at work for them: the answer to a look-up was lost, or
 * the end of a load did not arrive. Other nodes, which may have Redis back already, would wait for
 * them until their time is up, so this one tries to release them all the time, whether it uses
 * Redis at present or not. Thread-safe.
 *
 * <p>A frozen Redis executes what it was sent when it goes on, long after the sender has given up,
 * and maybe after the first release. So each is released twice, some time apart.
 */
final class Orphans {

  private static final Logger log = LoggerFactory.getLogger(Orphans.class);

  private static final int MOST = 10_000;
  private static final int RELEASES = 2;
  private static final long PAUSE_MILLIS = 200;
  private static final long LONGEST_PAUSE_MILLIS = 1_000;

  /** No lease that anybody waits for is left by then, unless Redis was frozen for so long. */
  private static final long KEPT_NANOS = Duration.ofMinutes(10).toNanos();

  /** What releases a lease, since when it is known, and how often that was done. */
  private record Orphan(List<ScriptCall> release, long since, int releases) {}

  private final ScheduledExecutorService timer;
  private final Consumer<List<ScriptCall>> redis;
  private final ReentrantLock lock = new ReentrantLock();

  // guarded by lock
  private final List<Orphan> waiting = new ArrayList<>();
  private boolean scheduled;
  private int failures;

  /**
   * Creates an empty list.
   *
   * @param redis runs scripts in one round trip, or throws a {@link RemoteStoreException}
   */
  Orphans(ScheduledExecutorService timer, Consumer<List<ScriptCall>> redis) {
    this.timer = timer;
    this.redis = redis;
  }

  /** Has a lease released soon, by these scripts. Of very many, some are left to their end. */
  void add(List<ScriptCall> release) {
    lock.lock();
    try {
      if (waiting.size() < MOST) {
        waiting.add(new Orphan(release, System.nanoTime(), 0));
        schedule();
      }
    } finally {
      lock.unlock();
    }
  }

  private void schedule() {
    if (scheduled) {
      return;
    }
    try {
      long pause = Math.min(LONGEST_PAUSE_MILLIS, PAUSE_MILLIS << Math.min(failures, Byte.SIZE));
      var unused = timer.schedule(this::sweep, pause, TimeUnit.MILLISECONDS);
      scheduled = true;
    } catch (RejectedExecutionException e) {
      // The store is closed: its leases end by themselves.
      waiting.clear();
    }
  }

  private void sweep() {
    List<Orphan> batch = take();
    boolean released = false;
    try {
      redis.accept(batch.stream().flatMap(each -> each.release.stream()).toList());
      released = true;
    } catch (RemoteStoreException e) {
      log.debug("{} leases could not be released yet", batch.size(), e);
    } finally {
      keep(batch, released);
    }
  }

  private List<Orphan> take() {
    lock.lock();
    try {
      scheduled = false;
      List<Orphan> batch = List.copyOf(waiting);
      waiting.clear();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void keep(List<Orphan> batch, boolean released) {
    lock.lock();
    try {
      failures = released ? 0 : failures + 1;
      for (Orphan each : batch) {
        int releases = each.releases + (released ? 1 : 0);
        if (releases < RELEASES && System.nanoTime() - each.since < KEPT_NANOS) {
          waiting.add(new Orphan(each.release, each.since, releases));
        }
      }
      if (!waiting.isEmpty()) {
        schedule();
      }
    } finally {
      lock.unlock();
    }
  }
}
