package dev.corral.history;

import java.util.List;
import java.util.function.ToLongFunction;

/** Searches sorted lists. */
final class Sorted {

  private Sorted() {}

  /** Returns how many elements have a number below a limit; the list is sorted by the number. */
  static <T> int countBelow(List<T> sorted, ToLongFunction<T> number, long limit) {
    int low = 0;
    int high = sorted.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (number.applyAsLong(sorted.get(middle)) < limit) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
