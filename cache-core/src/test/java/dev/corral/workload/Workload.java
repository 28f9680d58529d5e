package dev.corral.workload;

import dev.corral.history.HistoryChecker;
import dev.corral.history.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * One run: callers on all nodes, faults meanwhile, a last look at every key when all is quiet, and
 * the check. The seed decides what is tried, not how the threads meet.
 *
 * @param operations how many calls there are, of all callers together
 */
record Workload(long seed, int operations, List<Fault> faults) {

  private static final int CALLERS_PER_NODE = 3;

  /** Of which a seed has one: what is cleared often shows nothing that was forgotten. */
  private static final double[] CLEARING = {0, 0.001, 0.02};

  Report run() throws ExecutionException, InterruptedException {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (Cluster cluster = new Cluster(seed)) {
      FaultSchedule schedule = new FaultSchedule(cluster, faults, seed);
      Future<?> scheduled = threads.submit(schedule::run);
      try {
        call(cluster, threads);
      } finally {
        schedule.stop();
        scheduled.get();
      }
      lookAtAll(cluster);
      return HistoryChecker.check(cluster.history.operations(), Cluster.ALLOWANCES);
    } finally {
      threads.shutdownNow();
    }
  }

  private void call(Cluster cluster, ExecutorService threads)
      throws ExecutionException, InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    double clearing = CLEARING[random.nextInt(CLEARING.length)];
    int each = operations / (CALLERS_PER_NODE * Cluster.NODES);
    List<Future<?>> callers = new ArrayList<>();
    for (Cluster.Node node : cluster.nodes) {
      for (int i = 0; i < CALLERS_PER_NODE; i++) {
        Caller caller = new Caller(cluster.origin, node.cache(), random.split(), clearing);
        callers.add(threads.submit(() -> caller.run(each)));
      }
    }
    for (Future<?> caller : callers) {
      caller.get();
    }
  }

  /** When the time is up that they have for it, all nodes must have heard of everything. */
  private static void lookAtAll(Cluster cluster) {
    long from = System.nanoTime() + Cluster.ALLOWANCES.bound().toNanos();
    cluster.nodes.forEach(FaultSchedule::awaitSync);
    while (System.nanoTime() - from <= 0) {
      LockSupport.parkNanos(from - System.nanoTime());
    }
    cluster.nodes.forEach(node -> Caller.lookAtAll(node.cache()));
  }
}
