package dev.corral.bench.compare;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The methods of one benchmark class that differ in nothing but in what they measure, beside each
 * other.
 *
 * @param title the class
 * @param setting what they have in common: file, JDK, parameters, threads
 * @param unit of all scores
 * @param higherIsFaster whether a long bar is a good one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Beside(
    String title, String setting, String unit, boolean higherIsFaster, List<Bar> bars) {
  private static final String OURS = "corral";

  /**
   * One method.
   *
   * @param error absent if it is not known
   * @param ratio to the baseline; absent if there is none, or if this is the baseline
   * @param speed compared with the baseline, in words
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Bar(
      String name,
      double score,
      @Nullable Double error,
      boolean baseline,
      @Nullable Ratio ratio,
      @Nullable String speed) {

    private static Bar of(JmhScore score, Optional<JmhScore> baseline) {
      boolean isBaseline = baseline.filter(score::equals).isPresent();
      Optional<JmhScore> other = isBaseline ? Optional.empty() : baseline;
      return new Bar(
          score.method(),
          score.score(),
          Double.isNaN(score.error()) ? null : score.error(),
          isBaseline,
          other.map(base -> Ratio.of(score, base)).orElse(null),
          other.map(base -> Speed.of(score, base).toString()).orElse(null));
    }
  }

  /**
   * Puts scores beside each other.
   *
   * @param baseline the method to compare with; without one it is the first, by name, that is not
   *     Corral's own
   */
  static Beside of(String setting, List<JmhScore> scores, Optional<String> baseline) {
    JmhScore any = scores.get(0);
    Optional<JmhScore> base =
        scores.stream()
            .filter(
                score ->
                    baseline.map(score.method()::equals).orElse(!score.method().startsWith(OURS)))
            .min(Comparator.comparing(JmhScore::method));
    return new Beside(
        any.type(),
        setting,
        any.unit(),
        any.higherIsFaster(),
        scores.stream().map(score -> Bar.of(score, base)).toList());
  }
}
