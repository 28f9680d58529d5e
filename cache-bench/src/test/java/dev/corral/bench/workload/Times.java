package dev.corral.bench.workload;

import dev.corral.history.Allowances;
import java.time.Duration;

/** What the nodes are set to, and what they are allowed. */
final class Times {

  static final Duration SYNC_INTERVAL = Duration.ofMillis(200);
  static final Duration COMMAND_TIMEOUT = Duration.ofMillis(300);
  static final Duration LEASE_TIME = Duration.ofMillis(500);
  static final Duration LOAD_TIMEOUT = Duration.ofSeconds(3);
  static final Duration BRIEFLY = Duration.ofMillis(40);

  /** Beyond the promises, to hear of something: for processes that share few processors. */
  private static final Duration PATIENCE = Duration.ofMillis(1_500);

  private static final Duration SLACK = Duration.ofMillis(250);

  static final Allowances ALLOWANCES =
      new Allowances(
          SYNC_INTERVAL.multipliedBy(2).plus(COMMAND_TIMEOUT).plus(PATIENCE),
          LOAD_TIMEOUT,
          LEASE_TIME,
          SLACK);

  private Times() {}
}
