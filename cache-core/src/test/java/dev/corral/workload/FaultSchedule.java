package dev.corral.workload;

import dev.corral.history.Kind;
import dev.corral.history.NodeLog;
import dev.corral.history.Operation;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets one fault after the other happen, on a thread of its own, with quiet times in between, and
 * tells the history.
 */
final class FaultSchedule {

  private static final long LONGEST_FAULT_NANOS = TimeUnit.MILLISECONDS.toNanos(80);
  private static final long LONGEST_QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

  /** The first answer may be one from before; the next two are from after, and acted upon. */
  private static final int SYNCS = 3;

  private final Cluster cluster;
  private final List<Fault> faults;
  private final SplittableRandom random;
  private volatile boolean stopped;

  FaultSchedule(Cluster cluster, List<Fault> faults, long seed) {
    this.cluster = cluster;
    this.faults = faults;
    this.random = new SplittableRandom(seed);
  }

  /** Goes on until stopped, and leaves nothing wrong. */
  void run() {
    while (!stopped && !faults.isEmpty()) {
      pause(LONGEST_QUIET_NANOS);
      happen(
          faults.get(random.nextInt(faults.size())),
          cluster.nodes.get(random.nextInt(cluster.nodes.size())));
    }
  }

  void stop() {
    stopped = true;
  }

  private void happen(Fault fault, Cluster.Node node) {
    Operation state = begin(fault, node);
    fault.begin(cluster, node.line());
    if (fault != Fault.STORE_FLUSHED) {
      pause(LONGEST_FAULT_NANOS);
    }
    fault.end(cluster, node.line());
    if (fault.endsWithSync()) {
      awaitSync(node);
    }
    if (state != null) {
      state.done();
    }
  }

  private @Nullable Operation begin(Fault fault, Cluster.Node node) {
    if (fault.state == null) {
      return null;
    }
    NodeLog log =
        fault.state == Kind.REDIS_LOST ? cluster.history.everywhere() : node.cache().log();
    return log.begin(fault.state, (String) null);
  }

  /** Waits until a node knows what it missed, and has told Redis what it could not tell before. */
  static void awaitSync(Cluster.Node node) {
    long until = node.line().syncs() + SYNCS;
    while (node.line().syncs() < until || node.tiers().pendingInvalidations() > 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  private void pause(long longest) {
    long until = System.nanoTime() + random.nextLong(longest);
    while (System.nanoTime() - until < 0) {
      LockSupport.parkNanos(until - System.nanoTime());
    }
  }
}
