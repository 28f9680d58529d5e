package dev.corral.bench.compare;

import java.util.Optional;

/**
 * One measure of one method, and how it stands to its baseline. What is not known is an empty text.
 *
 * @param jmh JMH's own mean and error
 * @param baseline whether this is what others are compared with
 * @param against the baseline of this one
 * @param ratio to the baseline
 * @param change from the baseline
 */
public record Bar(
    String name,
    Forks forks,
    double median,
    String medianAndForks,
    String jmh,
    boolean baseline,
    String against,
    String ratio,
    String change) {

  static Bar of(String name, Quantity quantity, boolean isBaseline, Optional<Baseline> baseline) {
    return new Bar(
        name,
        quantity.forks(),
        quantity.forks().median(),
        Figures.of(quantity.forks()),
        quantity.jmh().map(Figures::of).orElse(""),
        isBaseline,
        baseline.map(Baseline::name).orElse(""),
        baseline.flatMap(other -> ratio(quantity, other.quantity())).orElse(""),
        change(quantity, baseline));
  }

  private static Optional<String> ratio(Quantity quantity, Quantity baseline) {
    return baseline.measure() == Measure.ALLOCATED
        ? Optional.empty()
        : Optional.of(Figures.of(Ratio.of(quantity.forks(), baseline.forks())));
  }

  private static String change(Quantity quantity, Optional<Baseline> baseline) {
    return quantity
        .doubt()
        .or(() -> baseline.flatMap(other -> other.quantity().doubt()))
        .or(() -> baseline.map(other -> Change.of(quantity, other.quantity()).toString()))
        .orElse("");
  }

  /** What a method is compared with. */
  record Baseline(String name, Quantity quantity) {}
}
