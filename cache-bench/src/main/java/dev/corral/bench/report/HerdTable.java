package dev.corral.bench.report;

import static dev.corral.bench.report.TextTable.count;
import static dev.corral.bench.report.TextTable.hundredths;
import static dev.corral.bench.report.TextTable.millis;
import static dev.corral.bench.report.TextTable.tenths;

import dev.corral.bench.report.TextTable.Column;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What herds took as lines of text: loads, then waits by where one waits, then wake-ups. */
public final class HerdTable {
  private static final TextTable<HerdContender> LOADS =
      new TextTable<>(
          1,
          List.of(
              new Column<>("contender", HerdContender::name),
              new Column<>("rounds", c -> count(c.rounds())),
              new Column<>("loads", c -> count(c.loads())),
              new Column<>("loads/round, at most", c -> count(c.maxLoadsPerRound())),
              new Column<>("rounds with more than 1", c -> count(c.roundsWithMoreLoads())),
              new Column<>("load ms", c -> millis(c.loadMicros())),
              new Column<>("failures", c -> count(c.failures()))));
  private static final TextTable<Line> WAITS =
      new TextTable<>(
          2,
          List.of(
              new Column<>("contender", Line::name),
              new Column<>("waiters of", Line::where),
              new Column<>("waits", line -> count(line.waits().count())),
              new Column<>("p50 ms", line -> millis(line.waits().p50Micros())),
              new Column<>("p99", line -> millis(line.waits().p99Micros())),
              new Column<>("p99.9", line -> millis(line.waits().p999Micros())),
              new Column<>("max", line -> millis(line.waits().maxMicros())),
              new Column<>("p50 / load", line -> hundredths(line.waits().p50Ratio())),
              new Column<>("p99", line -> hundredths(line.waits().p99Ratio())),
              new Column<>("p99.9", line -> hundredths(line.waits().p999Ratio())),
              new Column<>("max", line -> hundredths(line.waits().maxRatio()))));
  private static final TextTable<HerdContender> WAKE_UPS =
      new TextTable<>(
          1,
          List.of(
              new Column<>("contender", HerdContender::name),
              new Column<>("wake-ups", c -> count(c.wakeUps().count())),
              new Column<>("p50 µs", ifAny(HerdWakeUps::p50Micros)),
              new Column<>("p99", ifAny(HerdWakeUps::p99Micros)),
              new Column<>("pings", c -> count(c.wakeUps().pings())),
              new Column<>("p50 µs", c -> tenths(c.wakeUps().pingP50Micros())),
              new Column<>("p99", c -> tenths(c.wakeUps().pingP99Micros())),
              new Column<>("p50 / PING", ifAny(HerdWakeUps::p50Ratio)),
              new Column<>("p99 / PING", ifAny(HerdWakeUps::p99Ratio))));

  private record Line(String name, String where, HerdWaits waits) {}

  private HerdTable() {}

  private static Function<HerdContender, String> ifAny(ToDoubleFunction<HerdWakeUps> number) {
    return contender ->
        contender.wakeUps().count() == 0 ? "-" : tenths(number.applyAsDouble(contender.wakeUps()));
  }

  private static Stream<Line> lines(HerdContender contender) {
    return Stream.of(
            new Line(contender.name(), "all processes", contender.waits()),
            new Line(contender.name(), "a loading process", contender.loadingWaits()),
            new Line(contender.name(), "the others", contender.otherWaits()))
        .filter(line -> line.waits().count() > 0);
  }

  public static String of(List<HerdContender> contenders) {
    return String.join(
        System.lineSeparator(),
        LOADS.of(contenders),
        WAITS.of(contenders.stream().flatMap(HerdTable::lines).toList()),
        WAKE_UPS.of(contenders));
  }
}
