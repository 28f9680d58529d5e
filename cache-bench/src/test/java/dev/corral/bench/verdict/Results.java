package dev.corral.bench.verdict;

import dev.corral.bench.count.Phase;
import dev.corral.bench.report.ContenderResult;
import dev.corral.bench.report.ContenderResult.Second;
import dev.corral.bench.report.PhaseResult;
import dev.corral.bench.report.Staleness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Builds the result of a contender in which nothing is wrong, but for what a test puts there. */
final class Results {
  private String name = "corral";
  private final List<Phase> phases = new ArrayList<>();
  private final List<Second> seconds = new ArrayList<>();
  private long loads = 10;
  private long cold = 10;
  private long loadsOfANode = 1;
  private long loadsPerExpiry = 1;
  private long atOnce = 1;
  private long notServed;
  private long failedLoads;
  private double amplification = 1;
  private @Nullable Staleness staleness;

  static Results ofNothing() {
    return new Results();
  }

  Results named(String contender) {
    name = contender;
    return this;
  }

  Results phase(String title, boolean fault, Second... inIt) {
    phases.add(new Phase(title, seconds.size(), seconds.size() + inIt.length, fault));
    seconds.addAll(List.of(inIt));
    return this;
  }

  Results loads(long begun, long keys) {
    loads = begun;
    cold = keys;
    return this;
  }

  Results loadsOfANode(long most) {
    loadsOfANode = most;
    return this;
  }

  Results loadsPerExpiry(long most) {
    loadsPerExpiry = most;
    return this;
  }

  Results atOnce(long most) {
    atOnce = most;
    return this;
  }

  Results notServed(long gets) {
    notServed = gets;
    return this;
  }

  /** So many loads fail in each phase that is a fault. */
  Results failedLoads(long loads) {
    failedLoads = loads;
    return this;
  }

  Results amplification(double calls) {
    amplification = calls;
    return this;
  }

  Results staleness(Staleness found) {
    staleness = found;
    return this;
  }

  /** A second in which the slowest get took so long. */
  static Second slowest(long millis, long hiccupMillis) {
    return new Second(1, 0, 0, millis * 1000, 100, 0, 0, 0, 0, 0, hiccupMillis * 1000, 0);
  }

  /** A second with so many loads. */
  static Second loaded(long begun) {
    return new Second(begun, 0, 0, 0, 100, 0, 0, 0, 0, 0, 0, 0);
  }

  /** A second in which so many gets failed. */
  static Second failing(long errors) {
    return new Second(1, 0, 0, 0, 100, errors, 0, 0, 0, 0, 0, 0);
  }

  ContenderResult result() {
    long errors = seconds.stream().mapToLong(Second::errors).sum();
    return new ContenderResult(
        name,
        100,
        loads,
        0,
        loadsPerExpiry,
        1,
        0,
        0,
        0,
        0,
        0,
        0,
        errors,
        0,
        errors == 0 ? Map.of() : Map.of("dev.corral.LoadFailedException", errors),
        notServed,
        0,
        cold,
        Map.of(),
        Map.of(),
        0,
        loadsOfANode,
        atOnce,
        0,
        amplification,
        List.of(),
        seconds,
        IntStream.range(0, phases.size()).mapToObj(i -> inPhase(phases.get(i))).toList(),
        staleness);
  }

  private PhaseResult inPhase(Phase phase) {
    List<Second> inIt = seconds.subList(phase.fromSecond(), phase.toSecond());
    return new PhaseResult(
        phase,
        100,
        0,
        0,
        Map.of(),
        0,
        0,
        inIt.stream().mapToLong(Second::maxMicros).max().orElse(0),
        inIt.stream().mapToLong(Second::hiccupMicros).max().orElse(0),
        0,
        0,
        inIt.stream().mapToLong(Second::loads).sum(),
        phase.fault() ? failedLoads : 0,
        0,
        amplification,
        0,
        1,
        1,
        loadsPerExpiry,
        loadsOfANode);
  }
}
