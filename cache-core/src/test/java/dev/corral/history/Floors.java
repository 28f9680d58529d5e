package dev.corral.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Which calls are in force at a time, for the gets of one node. */
final class Floors {

  private record Step(long deadline, Operation call) {}

  private final List<Step> steps;
  // Of the calls up to each step: the one that began last, and the one that brought most.
  private final List<Operation> latest = new ArrayList<>();
  private final List<Operation> highest = new ArrayList<>();
  private final ToLongFunction<Operation> broughtBy;

  /**
   * Sorts calls by when they are in force.
   *
   * @param deadline of a call
   * @param broughtBy which version of the origin a call brought
   */
  Floors(
      List<Operation> calls,
      ToLongFunction<Operation> deadline,
      ToLongFunction<Operation> broughtBy) {
    this.broughtBy = broughtBy;
    steps =
        calls.stream()
            .filter(Operation::hasEnded)
            .map(call -> new Step(deadline.applyAsLong(call), call))
            .filter(step -> step.deadline() != Deadlines.NEVER)
            .sorted(Comparator.comparingLong(Step::deadline))
            .toList();
    for (Step step : steps) {
      Operation call = step.call();
      int last = latest.size() - 1;
      boolean later = last < 0 || call.begin() > latest.get(last).begin();
      latest.add(later ? call : latest.get(last));
      boolean higher =
          last < 0 || broughtBy.applyAsLong(call) > broughtBy.applyAsLong(highest.get(last));
      highest.add(higher ? call : highest.get(last));
    }
  }

  /** Returns the call that began last of those in force before a time, or null. */
  @Nullable Operation latestBefore(long time) {
    int count = countBefore(time);
    return count == 0 ? null : latest.get(count - 1);
  }

  /** Returns the call in force before a time that brought the highest version, or null. */
  @Nullable Operation highestBefore(long time) {
    int count = countBefore(time);
    if (count == 0) {
      return null;
    }
    Operation call = highest.get(count - 1);
    return broughtBy.applyAsLong(call) == Operation.NO_VERSION ? null : call;
  }

  private int countBefore(long time) {
    return Sorted.countBelow(steps, Step::deadline, time);
  }
}
