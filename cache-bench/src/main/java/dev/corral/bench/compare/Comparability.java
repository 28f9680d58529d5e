package dev.corral.bench.compare;

import java.nio.file.Path;

/** What two results of a benchmark must have in common to be compared. */
record Comparability(Path baselineFile, Path currentFile, boolean acrossJdks) {

  void require(JmhResult before, JmhResult now) {
    requireSameJdk(before, now);
    now.quantities()
        .forEach(
            quantity ->
                before
                    .quantity(quantity.measure())
                    .ifPresent(old -> requireSameUnit(now.id(), old, quantity)));
  }

  private void requireSameJdk(JmhResult before, JmhResult now) {
    String was = before.conditions().jdk();
    String is = now.conditions().jdk();
    if (!acrossJdks && !is.equals(was)) {
      throw new BadJmhFileException(
          currentFile,
          "must be of JDK %s, as %s is, not of %s: what changed could be the JDK. %s"
              .formatted(was, baselineFile, is, "--across-jdks compares them nevertheless"));
    }
  }

  private void requireSameUnit(BenchmarkId id, Quantity before, Quantity now) {
    if (!now.unit().equals(before.unit())) {
      throw new BadJmhFileException(
          currentFile,
          "must measure %s in %s, as %s does, not in %s"
              .formatted(id, before.unit(), baselineFile, now.unit()));
    }
  }
}
