package dev.corral.bench.report;

import static dev.corral.bench.report.TextTable.count;
import static dev.corral.bench.report.TextTable.hundredths;
import static dev.corral.bench.report.TextTable.millis;

import dev.corral.bench.report.TextTable.Column;
import java.util.List;

/** What became of payments as lines of text: first what was charged, then how it came to that. */
public final class PaymentsTable {
  private static final TextTable<PaymentsContender> LEDGER =
      new TextTable<>(
          1,
          List.of(
              new Column<>("contender", PaymentsContender::name),
              new Column<>("payments", c -> count(c.payments())),
              new Column<>("charges", c -> count(c.charges())),
              new Column<>("duplicates", c -> count(c.duplicates())),
              new Column<>("lost", c -> count(c.lost())),
              new Column<>("gave up", c -> count(c.gaveUp())),
              new Column<>("unanswered", c -> count(c.unanswered())),
              new Column<>("p50 ms", c -> millis(c.p50Micros())),
              new Column<>("p99", c -> millis(c.p99Micros())),
              new Column<>("max", c -> millis(c.maxMicros())),
              new Column<>("seconds", c -> count(c.seconds()))));
  private static final TextTable<PaymentsContender> TRAFFIC =
      new TextTable<>(
          1,
          List.of(
              new Column<>("contender", PaymentsContender::name),
              new Column<>("asks", c -> count(c.asks())),
              new Column<>("retries", c -> count(c.retries())),
              new Column<>("amplification", c -> hundredths(c.amplification())),
              new Column<>("replays", c -> count(c.replays())),
              new Column<>("conflicts", c -> count(c.conflicts())),
              new Column<>("in progress", c -> count(c.inProgress())),
              new Column<>("breaker openings", c -> count(c.breakerOpenings())),
              new Column<>("rejected", c -> count(c.rejected())),
              new Column<>("budget refusals", c -> count(c.budgetRefused())),
              new Column<>("faults", c -> count(faults(c))),
              new Column<>("crashes", c -> count(c.crashes())),
              new Column<>("API crashes", c -> count(c.apiCrashes()))));

  private PaymentsTable() {}

  private static long faults(PaymentsContender contender) {
    return contender.faults().values().stream().mapToLong(Long::longValue).sum();
  }

  public static String of(List<PaymentsContender> contenders) {
    return LEDGER.of(contenders) + System.lineSeparator() + TRAFFIC.of(contenders);
  }
}
