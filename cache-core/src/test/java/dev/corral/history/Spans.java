package dev.corral.history;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/** Stretches of time, ends included; those that meet are one. Immutable. */
final class Spans {

  static final Spans NONE = of(List.of());

  private final long[] begins;
  private final long[] ends;
  // How long all spans before this one are together.
  private final long[] before;

  private Spans(long[] begins, long[] ends) {
    this.begins = begins;
    this.ends = ends;
    before = new long[begins.length];
    for (int i = 1; i < before.length; i++) {
      before[i] = before[i - 1] + ends[i - 1] - begins[i - 1];
    }
  }

  static Spans of(Collection<Operation> operations) {
    return of(operations, Operation::end);
  }

  /** Takes operations for as long as a function says. */
  static Spans of(Collection<Operation> operations, ToLongFunction<Operation> ending) {
    List<Operation> sorted =
        operations.stream().sorted(Comparator.comparingLong(Operation::begin)).toList();
    long[] begins = new long[sorted.size()];
    long[] ends = new long[sorted.size()];
    int size = 0;
    for (Operation operation : sorted) {
      long end = ending.applyAsLong(operation);
      if (size > 0 && operation.begin() <= ends[size - 1]) {
        ends[size - 1] = Math.max(ends[size - 1], end);
      } else {
        begins[size] = operation.begin();
        ends[size++] = end;
      }
    }
    return new Spans(Arrays.copyOf(begins, size), Arrays.copyOf(ends, size));
  }

  boolean meets(long from, long to) {
    int last = lastBegunBy(to);
    return last >= 0 && ends[last] >= from;
  }

  /** Returns the end of the span that holds a time, or that time if none does. */
  long outOf(long time) {
    int last = lastBegunBy(time);
    return last < 0 ? time : Math.max(time, ends[last]);
  }

  /** Returns the end of the last span that meets a stretch of time, or {@code none}. */
  long lastEndMeeting(long from, long to, long none) {
    int last = lastBegunBy(to);
    return last >= 0 && ends[last] >= from ? ends[last] : none;
  }

  /** Returns the begin of the first span at or after a time, or {@link Operation#OPEN}. */
  long nextBegin(long time) {
    int at = Arrays.binarySearch(begins, time);
    int next = at >= 0 ? at : -at - 1;
    return next < begins.length ? begins[next] : Operation.OPEN;
  }

  /** Whether a span, as far as it had come by {@code to}, is this long and meets the stretch. */
  boolean meetsOneOf(long length, long from, long to) {
    for (int i = lastBegunBy(to); i >= 0 && ends[i] >= from; i--) {
      if (Math.min(ends[i], to) - begins[i] >= length) {
        return true;
      }
    }
    return false;
  }

  /** Returns how much of a stretch of time is in spans. */
  long covered(long from, long to) {
    return coveredUntil(to) - coveredUntil(from);
  }

  private long coveredUntil(long time) {
    int last = lastBegunBy(time);
    return last < 0 ? 0 : before[last] + Math.min(time, ends[last]) - begins[last];
  }

  private int lastBegunBy(long time) {
    int at = Arrays.binarySearch(begins, time);
    return at >= 0 ? at : -at - 2;
  }
}
