package dev.corral.bench.verdict;

import dev.corral.bench.report.ContenderResult;
import dev.corral.bench.report.Expectation;
import dev.corral.bench.report.Staleness;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Expects of Corral what docs/promises.md says under P2: nothing from before on the node that
 * invalidated, nor through Redis; elsewhere until the message is there, and never for longer than
 * two sync intervals.
 */
public final class InvalidationStorm {
  private static final Duration SYNC_INTERVAL = Duration.ofSeconds(1); // the default
  private static final Duration LONGEST = SYNC_INTERVAL.multipliedBy(2);

  private InvalidationStorm() {}

  public static Judge judge() {
    return Judge.ofCorral(
        result -> {
          Staleness found = result.staleness();
          if (found == null) {
            throw new IllegalStateException("Nothing was noted of the reads of " + result.name());
          }
          return Stream.of(
              noErrors(result, found),
              Judge.allServed(result),
              tested(result, found),
              notOnOwnNode(result, found),
              notThroughRedis(result, found),
              soonNowhere(result, found));
        });
  }

  private static Expectation noErrors(ContenderResult result, Staleness found) {
    return new Expectation(
        result.name()
            + ": no get fails or brings a wrong value, and every invalidation reaches Redis.",
        "%,d errors, %,d of them invalidations: %s"
            .formatted(result.errors(), found.failedInvalidations(), result.exceptions()),
        result.errors() == 0);
  }

  private static Expectation tested(ContenderResult result, Staleness found) {
    return new Expectation(
        result.name() + ": rows change while loads of them run, or this would be no test.",
        "%,d loads were overtaken by a change, of %,d"
            .formatted(found.overtakenLoads(), result.loads()),
        found.overtakenLoads() > 0);
  }

  private static Expectation notOnOwnNode(ContenderResult result, Staleness found) {
    return new Expectation(
        result.name() + ": a node that has invalidated a key reads nothing older.",
        "%,d such reads of %,d".formatted(found.staleReadsOnOwnNode(), found.reads()),
        found.staleReadsOnOwnNode() == 0);
  }

  private static Expectation notThroughRedis(ContenderResult result, Staleness found) {
    return new Expectation(
        result.name() + ": nothing old comes to a node once the invalidation has returned.",
        "%,d reads of what came too late".formatted(found.staleReadsArrivedLate()),
        found.staleReadsArrivedLate() == 0);
  }

  private static Expectation soonNowhere(ContenderResult result, Staleness found) {
    return new Expectation(
        "%s: other nodes read nothing older once they are told, within %d ms at most."
            .formatted(result.name(), LONGEST.toMillis()),
        "%,d such reads of %,d, the latest %.2f ms after the invalidation had returned"
            .formatted(
                found.staleReadsOnOtherNodes(), found.reads(), found.maxStaleMicros() / 1000.0),
        found.maxStaleMicros() <= TimeUnit.MILLISECONDS.toMicros(LONGEST.toMillis()));
  }
}
