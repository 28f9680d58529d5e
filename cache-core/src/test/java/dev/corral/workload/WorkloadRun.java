package dev.corral.workload;

import dev.corral.history.Kind;
import dev.corral.history.Promise;
import dev.corral.history.Report;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Many seeds in a row, and what they came to. Its main method is the long run. */
final class WorkloadRun {

  private final Map<Kind, Long> operations = new EnumMap<>(Kind.class);
  private long seeds;
  private long violations;
  private Duration worstStaleness = Duration.ZERO;

  /** Takes how many seeds, how many calls a seed, and the first seed. */
  public static void main(String[] args) throws Exception {
    long count = Long.parseLong(args[0]);
    int calls = Integer.parseInt(args[1]);
    long first = Long.parseLong(args[2]);
    WorkloadRun run = new WorkloadRun();
    for (long seed = first; seed < first + count; seed++) {
      Report report = new Workload(seed, calls, List.of(Fault.values())).run();
      run.add(report);
      System.out.printf(
          "seed %d: %s, worst staleness %d ms%n",
          seed, report.isClean() ? "clean" : report, report.worstStaleness().toMillis());
    }
    System.out.println(run);
  }

  void add(Report report) {
    seeds++;
    for (Kind kind : Kind.values()) {
      operations.merge(kind, report.count(kind), Long::sum);
    }
    for (Promise promise : Promise.values()) {
      violations += report.count(promise);
    }
    if (report.worstStaleness().compareTo(worstStaleness) > 0) {
      worstStaleness = report.worstStaleness();
    }
  }

  /** Returns how many operations of a kind there were, in all seeds. */
  long count(Kind kind) {
    return operations.getOrDefault(kind, 0L);
  }

  @Override
  public String toString() {
    long all = operations.values().stream().mapToLong(Long::longValue).sum();
    StringBuilder text = new StringBuilder();
    text.append(seeds).append(" seeds, ").append(all).append(" operations and states: ");
    operations.forEach((kind, count) -> text.append(kind).append(' ').append(count).append(", "));
    return text.append("violations ")
        .append(violations)
        .append(", worst staleness ")
        .append(worstStaleness.toMillis())
        .append(" ms")
        .toString();
  }
}
