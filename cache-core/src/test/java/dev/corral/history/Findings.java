package dev.corral.history;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the rules find, of each promise the first so many. */
final class Findings {

  private static final int KEPT = 100;

  final Map<Promise, Long> counts = new EnumMap<>(Promise.class);
  final List<Violation> violations = new ArrayList<>();
  final Staleness staleness = new Staleness();
  long excusedOverlaps;

  private final Words words;

  Findings(Words words) {
    this.words = words;
  }

  /** Notes a violation: what happened, and on a line each the operations concerned. */
  void add(Promise promise, String what, Operation... concerned) {
    if (counts.merge(promise, 1L, Long::sum) > KEPT) {
      return;
    }
    StringBuilder told = new StringBuilder(what);
    for (Operation operation : concerned) {
      told.append("\n    ").append(words.of(operation));
    }
    violations.add(new Violation(promise, told.toString(), List.of(concerned)));
  }
}
