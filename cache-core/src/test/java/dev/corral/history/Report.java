package dev.corral.history;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a check found. */
public final class Report {

  private final Map<Kind, Long> operations = new EnumMap<>(Kind.class);
  private final Findings findings;

  Report(List<Operation> all, Findings findings) {
    all.forEach(operation -> operations.merge(operation.kind(), 1L, Long::sum));
    this.findings = findings;
  }

  public boolean isClean() {
    return findings.counts.isEmpty();
  }

  /** Returns how often a promise was broken. */
  public long count(Promise promise) {
    return findings.counts.getOrDefault(promise, 0L);
  }

  /** Returns the violations, of each promise the first hundred. */
  public List<Violation> violations() {
    return List.copyOf(findings.violations);
  }

  /** Returns how many operations of a kind there were. */
  public long count(Kind kind) {
    return operations.getOrDefault(kind, 0L);
  }

  /**
   * Returns the longest time from the end of a call to the begin of a get, on a node that could
   * hear of it, that returned a value from before; zero if none did. Also if it was allowed.
   */
  public Duration worstStaleness() {
    return Duration.ofNanos(findings.staleness.worst);
  }

  /** Returns the get that was meant, or null if none was. */
  public @Nullable Operation stalestGet() {
    return findings.staleness.worstGet;
  }

  /** Returns how many pairs of loads of one key met that had an excuse. */
  public long excusedOverlaps() {
    return findings.excusedOverlaps;
  }

  /** Tells all of it, a violation after the other. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(operations)
        .append("\nworst staleness ")
        .append(Words.millis(findings.staleness.worst))
        .append(", excused overlaps of loads ")
        .append(findings.excusedOverlaps)
        .append("\nviolations ")
        .append(findings.counts);
    findings.violations.forEach(violation -> text.append("\n- ").append(violation));
    return text.toString();
  }
}
