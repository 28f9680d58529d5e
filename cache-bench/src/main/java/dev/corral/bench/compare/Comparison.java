package dev.corral.bench.compare;

import static java.util.stream.Collectors.toMap;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Two files of JMH, benchmark by benchmark.
 *
 * @param pairs of what is in both, in the order of the current file
 * @param onlyBaseline what is in the baseline alone
 * @param onlyCurrent what is in the current file alone
 */
public record Comparison(
    List<Pair> pairs, List<JmhScore.Id> onlyBaseline, List<JmhScore.Id> onlyCurrent) {

  /** One benchmark before and now. */
  public record Pair(JmhScore baseline, JmhScore current) {
    Speed speed() {
      return Speed.of(current, baseline);
    }

    Ratio ratio() {
      return Ratio.of(current, baseline);
    }
  }

  /**
   * Compares.
   *
   * @throws BadJmhFileException if one is not a file of JMH, or they measure the same benchmark in
   *     different units
   */
  public static Comparison of(Path baselineFile, Path currentFile) {
    List<JmhScore> baseline = JmhFile.read(baselineFile);
    List<JmhScore> current = JmhFile.read(currentFile);
    Map<JmhScore.Id, JmhScore> before = byId(baseline);
    Map<JmhScore.Id, JmhScore> now = byId(current);
    List<Pair> pairs =
        current.stream()
            .flatMap(
                score ->
                    Optional.ofNullable(before.get(score.id())).stream()
                        .map(old -> new Pair(old, score)))
            .toList();
    pairs.forEach(pair -> requireSameUnit(pair, baselineFile, currentFile));
    return new Comparison(pairs, missing(baseline, now), missing(current, before));
  }

  private static Map<JmhScore.Id, JmhScore> byId(List<JmhScore> scores) {
    return scores.stream().collect(toMap(JmhScore::id, Function.identity()));
  }

  private static List<JmhScore.Id> missing(
      List<JmhScore> scores, Map<JmhScore.Id, JmhScore> others) {
    return scores.stream().map(JmhScore::id).filter(id -> !others.containsKey(id)).toList();
  }

  private static void requireSameUnit(Pair pair, Path baselineFile, Path currentFile) {
    String unit = pair.current().unit();
    if (!Objects.equals(unit, pair.baseline().unit())) {
      throw new BadJmhFileException(
          currentFile,
          "must measure %s in %s, as %s does, not in %s"
              .formatted(pair.current().id(), pair.baseline().unit(), baselineFile, unit));
    }
  }

  public boolean somethingGotSlower() {
    return pairs.stream().anyMatch(pair -> pair.speed() == Speed.SLOWER);
  }
}
