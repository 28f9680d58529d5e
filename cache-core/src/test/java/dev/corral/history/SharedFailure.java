package dev.corral.history;

import java.util.Comparator;
import java.util.List;

/** P1: whoever waits for a load that fails does not run it again. */
final class SharedFailure implements Rule {

  private final Scene scene;
  private final Excuses excuses;

  SharedFailure(Scene scene, Excuses excuses) {
    this.scene = scene;
    this.excuses = excuses;
  }

  @Override
  public void check(KeyHistory key, Findings findings) {
    List<Operation> failures =
        key.loads.stream()
            .filter(SharedFailure::isEverybodys)
            .sorted(Comparator.comparingLong(Operation::end))
            .toList();
    for (Operation load : key.loads) {
      Operation waiter = key.askerOf(load);
      int before = Sorted.countBelow(failures, Operation::end, load.begin());
      if (waiter == null || before == 0) {
        continue;
      }
      Operation failed = failures.get(before - 1);
      if (waitedFor(waiter, failed)
          && !hadNoNews(waiter, load)
          && !excuses.existFor(key, failed, load)) {
        findings.add(
            Promise.P1,
            "Key " + key.key + " was loaded again by one who had waited for a load that failed:",
            failed,
            waiter,
            load);
      }
    }
  }

  /** An interrupt is the misfortune of the thread that ran the load. */
  private static boolean isEverybodys(Operation load) {
    return load.outcome() == Outcome.FAILED && !"InterruptedException".equals(load.failure());
  }

  /** Whether a get had begun long enough before a load's end to have joined it. */
  private boolean waitedFor(Operation get, Operation load) {
    return !get.isBy(load) && load.end() - get.begin() >= scene.allowances.slackNanos();
  }

  private boolean hadNoNews(Operation get, Operation load) {
    String node = get.node();
    return scene.states.cutOff(node).meets(get.begin(), load.begin())
        || scene.states.of(node, Kind.LOSSY).meets(get.begin(), load.begin());
  }
}
