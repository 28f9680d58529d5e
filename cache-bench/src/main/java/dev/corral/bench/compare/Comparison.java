package dev.corral.bench.compare;

import static java.util.stream.Collectors.toMap;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Two files of JMH, benchmark by benchmark and measure by measure.
 *
 * @param pairs of what is in both, in the order of the current file
 * @param onlyBaseline what is in the baseline alone
 * @param onlyCurrent what is in the current file alone
 */
public record Comparison(
    List<Pair> pairs, List<BenchmarkId> onlyBaseline, List<BenchmarkId> onlyCurrent) {

  /** What a comparison comes to, for a script. */
  public enum Outcome {
    /** Something of ours got worse. */
    WORSE,
    /** Ours were compared, and nothing is known to be worse. */
    NOT_WORSE,
    /** Of ours nothing was compared, which must not look like success. */
    NOTHING_COMPARED
  }

  /**
   * Compares.
   *
   * @param acrossJdks whether two virtual machines may be compared
   * @throws BadJmhFileException if one is not a file of JMH, or if they measure the same benchmark
   *     in different units or, unless that is wanted, on different JDKs
   */
  public static Comparison of(Path baselineFile, Path currentFile, boolean acrossJdks) {
    List<JmhResult> baseline = JmhFile.read(baselineFile);
    List<JmhResult> current = JmhFile.read(currentFile);
    Map<BenchmarkId, JmhResult> before = byId(baseline);
    Map<BenchmarkId, JmhResult> now = byId(current);
    var same = new Comparability(baselineFile, currentFile, acrossJdks);
    List<Pair> pairs =
        current.stream().flatMap(result -> pairs(before.get(result.id()), result, same)).toList();
    return new Comparison(
        pairs.stream().map(pair -> pair.besideControlAmong(pairs)).toList(),
        missing(baseline, now),
        missing(current, before));
  }

  private static Map<BenchmarkId, JmhResult> byId(List<JmhResult> results) {
    return results.stream().collect(toMap(JmhResult::id, Function.identity()));
  }

  private static Stream<Pair> pairs(
      @Nullable JmhResult before, JmhResult now, Comparability comparability) {
    if (before == null) {
      return Stream.empty();
    }
    comparability.require(before, now);
    return now.quantities().stream()
        .filter(quantity -> quantity.measure().isCompared())
        .flatMap(
            quantity ->
                before.quantity(quantity.measure()).stream()
                    .map(old -> new Pair(now.id(), old, quantity, Optional.empty())));
  }

  private static List<BenchmarkId> missing(
      List<JmhResult> results, Map<BenchmarkId, JmhResult> others) {
    return results.stream().map(JmhResult::id).filter(id -> !others.containsKey(id)).toList();
  }

  /** What ours came to; the controls decide nothing. */
  public Outcome outcome() {
    List<Change> ours = pairs.stream().filter(Pair::isOurs).map(Pair::change).toList();
    if (ours.contains(Change.WORSE)) {
      return Outcome.WORSE;
    }
    return ours.stream().allMatch(Change.UNTOLD::equals)
        ? Outcome.NOTHING_COMPARED
        : Outcome.NOT_WORSE;
  }
}
