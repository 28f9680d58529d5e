package dev.corral.bench.compare;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One measure of the methods of one benchmark class that differ in nothing but in what they run,
 * beside each other.
 *
 * @param title the class
 * @param setting what else they have in common: parameters, threads, mode
 * @param facts how they were run, and the file
 * @param measure in words
 * @param unit of all values
 * @param higherIsBetter whether a long bar is a good one
 */
public record Beside(
    String title,
    String setting,
    String facts,
    String measure,
    String unit,
    boolean higherIsBetter,
    List<Bar> bars) {

  /**
   * Puts results beside each other.
   *
   * @param results of one setting; those without the measure are left out
   * @param named the baseline that was asked for; else each method has its own
   * @return absent if no result has the measure
   */
  static Optional<Beside> of(
      String setting,
      String facts,
      Measure measure,
      List<JmhResult> results,
      Optional<Contender> named) {
    Map<Contender, Quantity> methods = new LinkedHashMap<>();
    results.forEach(
        result ->
            result
                .quantity(measure)
                .ifPresent(quantity -> methods.put(result.id().contender(), quantity)));
    return methods.values().stream()
        .findFirst()
        .map(
            any ->
                new Beside(
                    results.get(0).id().type(),
                    setting,
                    facts,
                    measure.toString(),
                    any.unit(),
                    measure.higherIsBetter(),
                    bars(methods, named)));
  }

  private static List<Bar> bars(Map<Contender, Quantity> methods, Optional<Contender> named) {
    Map<Contender, Contender> baselines = new LinkedHashMap<>();
    methods
        .keySet()
        .forEach(
            method ->
                baseline(method, methods.keySet(), named)
                    .ifPresent(other -> baselines.put(method, other)));
    return methods.entrySet().stream()
        .map(
            entry ->
                Bar.of(
                    entry.getKey().method(),
                    entry.getValue(),
                    baselines.containsValue(entry.getKey()),
                    Optional.ofNullable(baselines.get(entry.getKey()))
                        .flatMap(other -> asBaseline(other, methods))))
        .toList();
  }

  private static Optional<Contender> baseline(
      Contender method, Collection<Contender> methods, Optional<Contender> named) {
    return named.isPresent()
        ? named.filter(other -> methods.contains(other) && !other.equals(method))
        : method.baseline(methods);
  }

  private static Optional<Bar.Baseline> asBaseline(
      Contender other, Map<Contender, Quantity> methods) {
    return Optional.ofNullable(methods.get(other))
        .map(quantity -> new Bar.Baseline(other.method(), quantity));
  }
}
