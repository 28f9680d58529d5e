package dev.corral.history;

import java.util.Comparator;
import java.util.List;

/** Which version of a key the origin held when. */
final class Versions {

  private final List<Operation> byBegin;
  private final List<Operation> byEnd;
  private final long[] highest;

  Versions(List<Operation> byBegin) {
    this.byBegin = byBegin;
    byEnd = byBegin.stream().sorted(Comparator.comparingLong(Operation::end)).toList();
    highest = new long[byEnd.size()];
    long high = Operation.NO_VERSION;
    for (int i = 0; i < highest.length; i++) {
      high = Math.max(high, byEnd.get(i).version());
      highest[i] = high;
    }
  }

  /** Returns the highest version that was in place before a time, or -1. */
  long inPlaceBefore(long time) {
    int count = Sorted.countBelow(byEnd, Operation::end, time);
    return count == 0 ? Operation.NO_VERSION : highest[count - 1];
  }

  /** Returns the highest version that a write or change itself brought into place, or -1. */
  long broughtBy(Operation call) {
    if (!call.kind().changesOrigin() || !call.hasEnded()) {
      return Operation.NO_VERSION;
    }
    long high = Operation.NO_VERSION;
    int first = Sorted.countBelow(byBegin, Operation::begin, call.begin());
    for (Operation change : byBegin.subList(first, byBegin.size())) {
      if (change.begin() > call.end()) {
        break;
      }
      if (change.isBy(call) && change.end() <= call.end()) {
        high = Math.max(high, change.version());
      }
    }
    return high;
  }
}
