package dev.corral.history;

import java.util.List;

/** When calls that reached Redis were over. */
final class FirstEnds {

  private final List<Operation> calls;
  // Of each call and those that began after it.
  private final long[] earliest;

  /** Sorts out calls that are in the order of their begins. */
  FirstEnds(List<Operation> all) {
    calls = all.stream().filter(call -> call.outcome() == Outcome.DONE).toList();
    earliest = new long[calls.size()];
    long end = Operation.OPEN;
    for (int i = earliest.length - 1; i >= 0; i--) {
      end = Math.min(end, calls.get(i).end());
      earliest[i] = end;
    }
  }

  /**
   * Returns when the first call was over that began after a time; {@link Operation#OPEN} if none.
   */
  long endAfter(long since) {
    int first = Sorted.countBelow(calls, Operation::begin, since + 1);
    return first == earliest.length ? Operation.OPEN : earliest[first];
  }
}
