package dev.corral.bench.verdict;

import dev.corral.bench.report.ContenderResult;
import dev.corral.bench.report.Expectation;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Says whether the results of a scenario are as expected. */
@FunctionalInterface
public interface Judge {
  List<Expectation> judge(List<ContenderResult> results);

  /** Expects nothing but that no get of any contender fails. */
  static Judge noErrors() {
    return eachOf(result -> true, result -> Stream.of(noErrors(result)));
  }

  /** Expects something of Corral, in each of its forms, and of nobody else. */
  static Judge ofCorral(Function<ContenderResult, Stream<Expectation>> expectations) {
    return eachOf(ContenderResult::isCorral, expectations);
  }

  private static Judge eachOf(
      Function<ContenderResult, Boolean> whom,
      Function<ContenderResult, Stream<Expectation>> expectations) {
    return results -> results.stream().filter(whom::apply).flatMap(expectations).toList();
  }

  /** Expects that no get fails. */
  static Expectation noErrors(ContenderResult result) {
    return new Expectation(
        result.name() + ": no get fails or brings a wrong value.",
        result.errors() == 0 ? "no errors" : result.errors() + " errors: " + result.exceptions(),
        result.errors() == 0);
  }

  /** Expects that every get that was due was answered. */
  static Expectation allServed(ContenderResult result) {
    return new Expectation(
        result.name() + ": every get is answered.",
        "%,d not served".formatted(result.notServed()),
        result.notServed() == 0);
  }
}
