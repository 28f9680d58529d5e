package dev.corral.bench.count;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToLongFunction;

/**
 * Tells which loads belong to the same expiry, from the load events of all processes alone.
 *
 * <p>The first load of a key opens a lapse. Its first load that ends well makes a fresh value,
 * which lives for the key's shortest life from then on. Every load that begins before that life is
 * over belongs to the lapse: those that began while no fresh value was there yet, and those that
 * began although one was (somebody did not see it, or did not look). The next load after that opens
 * the next lapse.
 *
 * <p>So one load a lapse is what is needed, and every further one is counted, however late. While
 * loads only fail, the lapse stays open.
 */
public final class Lapses {
  private Lapses() {}

  /**
   * Returns the lapses in order of their begins.
   *
   * @param shortestLife nanoseconds for which a value of a key is fresh at least
   */
  public static List<Lapse> of(List<LoadEvent> loads, IntToLongFunction shortestLife) {
    List<Lapse> lapses = new ArrayList<>();
    loads.stream()
        .sorted(Comparator.comparingLong(LoadEvent::begin))
        .collect(groupingBy(LoadEvent::key))
        .forEach((key, ofKey) -> collect(ofKey, shortestLife.applyAsLong(key), lapses));
    lapses.sort(Comparator.comparingLong(Lapse::begin));
    return lapses;
  }

  private static void collect(List<LoadEvent> loads, long life, List<Lapse> lapses) {
    boolean cold = true;
    int first = 0;
    while (first < loads.size()) {
      int end = endOfLapse(loads, first, life);
      lapses.add(new Lapse(loads.get(first).key(), loads.get(first).begin(), end - first, cold));
      cold = false;
      first = end;
    }
  }

  /** The index after the last load that belongs to the lapse which {@code first} opened. */
  private static int endOfLapse(List<LoadEvent> loads, int first, long life) {
    long fresh = Long.MAX_VALUE; // when the first good load ended
    int i = first;
    while (i < loads.size() && (fresh == Long.MAX_VALUE || loads.get(i).begin() - fresh < life)) {
      if (loads.get(i).ok()) {
        fresh = Math.min(fresh, loads.get(i).end());
      }
      i++;
    }
    return i;
  }
}
