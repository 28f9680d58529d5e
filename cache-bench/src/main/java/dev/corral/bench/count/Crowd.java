package dev.corral.bench.count;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The most loads at a time or within a stretch of time. */
public final class Crowd {
  private Crowd() {}

  /** The most loads of one key that ran at the same time, over all processes. */
  public static int atOnce(List<LoadEvent> loads) {
    return busiestKey(loads, Crowd::overlap);
  }

  /** The most loads of any keys that ran at the same time, over all processes. */
  public static int inAll(List<LoadEvent> loads) {
    return overlap(loads);
  }

  /** The most loads of one key that began within any stretch of this many nanoseconds. */
  public static int within(long nanos, List<LoadEvent> loads) {
    return busiestKey(loads, ofKey -> begunWithin(nanos, ofKey));
  }

  private static int busiestKey(List<LoadEvent> loads, CrowdOfKey crowd) {
    return loads.stream().collect(groupingBy(LoadEvent::key)).values().stream()
        .mapToInt(crowd::of)
        .max()
        .orElse(0);
  }

  private static int overlap(List<LoadEvent> loads) {
    record Change(long at, int by) {}
    List<Change> changes = new ArrayList<>(2 * loads.size());
    for (LoadEvent load : loads) {
      changes.add(new Change(load.begin(), 1));
      changes.add(new Change(load.end(), -1));
    }
    // At the same instant ends come first: a load that begins when another ends follows it.
    changes.sort(Comparator.comparingLong(Change::at).thenComparingInt(Change::by));
    int running = 0;
    int most = 0;
    for (Change change : changes) {
      running += change.by();
      most = Math.max(most, running);
    }
    return most;
  }

  private static int begunWithin(long nanos, List<LoadEvent> loads) {
    long[] begins = loads.stream().mapToLong(LoadEvent::begin).sorted().toArray();
    int most = 0;
    int first = 0;
    for (int i = 0; i < begins.length; i++) {
      while (begins[i] - begins[first] >= nanos) {
        first++;
      }
      most = Math.max(most, i - first + 1);
    }
    return most;
  }

  @FunctionalInterface
  private interface CrowdOfKey {
    int of(List<LoadEvent> loads);
  }
}
