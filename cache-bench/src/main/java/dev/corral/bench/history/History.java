package dev.corral.bench.history;

import java.util.ArrayList;
import java.util.List;

/**
 * What was read and what was invalidated, on all nodes.
 *
 * @param reads every get that brought a value
 * @param invalidations every change of a row
 */
public record History(List<Read> reads, List<Invalidation> invalidations) {

  /** That of a run whose rows do not change: nothing is noted. */
  public static History none() {
    return new History(List.of(), List.of());
  }

  /** The same with what another node has noted. */
  public History plus(History other) {
    List<Read> allReads = new ArrayList<>(reads);
    allReads.addAll(other.reads);
    List<Invalidation> all = new ArrayList<>(invalidations);
    all.addAll(other.invalidations);
    return new History(allReads, all);
  }

  /** The same, with its times counted from another instant. */
  public History since(long instant) {
    return new History(
        reads.stream().map(read -> read.since(instant)).toList(),
        invalidations.stream().map(one -> one.since(instant)).toList());
  }

  /** Whether rows changed. */
  public boolean hasChanges() {
    return !invalidations.isEmpty();
  }
}
