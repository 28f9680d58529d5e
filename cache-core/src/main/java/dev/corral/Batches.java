package dev.corral;

import java.util.ArrayList;
import java.util.List;

/** Divides what is too much for one call. */
final class Batches {

  private Batches() {}

  /** Returns parts of a list, each but the last one of the size given; views, in their order. */
  static <T> List<List<T>> of(List<T> all, int size) {
    List<List<T>> batches = new ArrayList<>();
    for (int start = 0; start < all.size(); start += size) {
      batches.add(all.subList(start, Math.min(all.size(), start + size)));
    }
    return batches;
  }
}
