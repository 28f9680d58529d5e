package dev.corral.bench.verdict;

import dev.corral.bench.contender.ContenderKind;
import dev.corral.bench.report.ContenderResult;
import dev.corral.bench.report.Expectation;
import dev.corral.bench.report.PhaseResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Expects that each step of the story is worth what it says; of steps that did not run, nothing.
 */
public final class StepByStep {
  private static final double MUCH = 0.5;

  private final List<ContenderResult> results;

  private StepByStep(List<ContenderResult> results) {
    this.results = results;
  }

  public static Judge judge() {
    return results -> new StepByStep(results).expectations();
  }

  private List<Expectation> expectations() {
    List<Expectation> all = new ArrayList<>();
    compare(all, ContenderKind.LOCAL_ASIDE, ContenderKind.NAIVE, StepByStep::fewerLoads);
    compare(all, ContenderKind.NAIVE, ContenderKind.NAIVE_FLIGHT, StepByStep::fewerLoads);
    compare(all, ContenderKind.NAIVE_FLIGHT, ContenderKind.CORRAL_LEASE, StepByStep::onceForAll);
    results.stream()
        .filter(ContenderResult::isCorral)
        .map(StepByStep::oneAtATime)
        .forEach(all::add);
    compare(all, ContenderKind.CORRAL_LEASE, ContenderKind.CORRAL_JITTER, StepByStep::flatter);
    for (var kind : List.of(ContenderKind.CORRAL_JITTER_STALE, ContenderKind.CORRAL_GUARDED)) {
      of(kind).map(Judge::noErrors).ifPresent(all::add);
      of(kind).map(Judge::allServed).ifPresent(all::add);
    }
    compare(
        all,
        ContenderKind.CORRAL_JITTER_STALE,
        ContenderKind.CORRAL_GUARDED,
        StepByStep::leftAlone);
    return all;
  }

  private Optional<ContenderResult> of(ContenderKind kind) {
    return results.stream().filter(result -> result.name().equals(kind.shownName())).findFirst();
  }

  private void compare(
      List<Expectation> all, ContenderKind before, ContenderKind after, Comparison comparison) {
    of(before).ifPresent(b -> of(after).ifPresent(a -> all.add(comparison.of(b, a))));
  }

  @FunctionalInterface
  private interface Comparison {
    Expectation of(ContenderResult before, ContenderResult after);
  }

  /** In the first phase, in which nothing is wrong yet: what follows depends on how it went. */
  private static Expectation fewerLoads(ContenderResult before, ContenderResult after) {
    long fewer = first(after).loads();
    long more = first(before).loads();
    return new Expectation(
        "%s: while the database is fast it is asked less than by %s."
            .formatted(after.name(), before.name()),
        "%,d queries, %,d before".formatted(fewer, more),
        fewer < more);
  }

  /** Its sum says nothing: whoever copies from Redis for a whole lifetime loads half as often. */
  private static Expectation onceForAll(ContenderResult before, ContenderResult after) {
    long fewer = first(after).maxLoadsPerExpiry();
    long more = first(before).maxLoadsPerExpiry();
    return new Expectation(
        "%s: while the database is fast an expiry costs one load, and more with %s."
            .formatted(after.name(), before.name()),
        "%,d loads at most, %,d before".formatted(fewer, more),
        fewer == 1 && more > 1);
  }

  private static PhaseResult first(ContenderResult result) {
    return result.phases().get(0);
  }

  private static Expectation oneAtATime(ContenderResult result) {
    return new Expectation(
        result.name() + ": no key is loaded twice at the same time, in the whole cluster.",
        "at most %d".formatted(result.maxConcurrentLoadsPerKey()),
        result.maxConcurrentLoadsPerKey() <= 1);
  }

  private static Expectation flatter(ContenderResult before, ContenderResult after) {
    long lower = Seconds.of(after, first(after).phase()).mostLoads();
    long higher = Seconds.of(before, first(before).phase()).mostLoads();
    return new Expectation(
        "%s: the busiest second of a fast database has fewer queries than that of %s."
            .formatted(after.name(), before.name()),
        "%,d queries, %,d before".formatted(lower, higher),
        lower < higher);
  }

  private static Expectation leftAlone(ContenderResult before, ContenderResult after) {
    return new Expectation(
        "%s: a database that is out of order is asked in vain at most half as often as by %s."
            .formatted(after.name(), before.name()),
        "%,d loads failed, %,d before".formatted(after.failedLoads(), before.failedLoads()),
        after.failedLoads() <= before.failedLoads() * MUCH);
  }
}
