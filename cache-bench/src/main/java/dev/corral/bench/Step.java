package dev.corral.bench;

import dev.corral.bench.contender.ContenderKind;
import dev.corral.bench.report.Story;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The steps from no cache to all that Corral does, in their order: each adds one feature. */
enum Step {
  NO_CACHE(ContenderKind.NONE, "no cache"),
  LOCAL(ContenderKind.LOCAL_ASIDE, "a local cache in each process"),
  SHARED(ContenderKind.NAIVE, "Redis, shared by all"),
  FLIGHT(ContenderKind.NAIVE_FLIGHT, "single flight in the process"),
  LEASE(ContenderKind.CORRAL_LEASE, "Corral: a lease between processes"),
  JITTER(ContenderKind.CORRAL_JITTER, "jitter"),
  STALE(ContenderKind.CORRAL_JITTER_STALE, "a stale window"),
  GUARD(ContenderKind.CORRAL_GUARDED, "failure memory, breaker, permits");

  private final ContenderKind kind;
  private final String adds;

  Step(ContenderKind kind, String adds) {
    this.kind = kind;
    this.adds = adds;
  }

  static List<ContenderKind> kinds() {
    return Arrays.stream(values()).map(step -> step.kind).toList();
  }

  /** The story of these steps, told so many times as fast. */
  static Story story(int scale) {
    List<Story.Step> told = new ArrayList<>();
    for (Step step : values()) {
      told.add(new Story.Step(told.size(), step.kind.shownName(), step.adds));
    }
    return new Story(scale, List.copyOf(told));
  }
}
