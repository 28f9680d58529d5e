package dev.corral.bench.herd;

import dev.corral.bench.report.HerdContender;
import dev.corral.bench.report.HerdWaits;
import dev.corral.bench.report.HerdWakeUps;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** Adds up the rounds of one contender. Loads and failures count in all, times where measured. */
final class HerdTally {
  private static final int DIGITS = 3;

  private final List<Round> warmUps = new ArrayList<>();
  private final List<Round> herds = new ArrayList<>();
  private final List<Round> wakeUps = new ArrayList<>();
  private final List<Long> pings = new ArrayList<>();

  void warmUp(Round round) {
    warmUps.add(round);
  }

  /** A round with all waiters. */
  void herd(Round round) {
    herds.add(round);
  }

  /** A round with one waiter in each process. */
  void wakeUp(Round round) {
    wakeUps.add(round);
  }

  void ping(long nanos) {
    pings.add(nanos);
  }

  HerdContender of(HerdKind kind) {
    List<Integer> loads = all().map(round -> round.loads().size()).toList();
    List<RoundReport> reports = all().flatMap(round -> round.reports().stream()).toList();
    long load =
        Sample.of(
                herds.stream()
                    .flatMap(round -> round.loads().stream().map(LoadTime::nanos))
                    .toList())
            .median();
    return new HerdContender(
        kind.name(),
        kind.description(),
        loads.size(),
        loads.stream().mapToLong(Integer::longValue).sum(),
        loads.stream().mapToLong(Integer::longValue).max().orElse(0),
        loads.stream().filter(count -> count > 1).count(),
        reports.stream().mapToLong(RoundReport::failures).sum(),
        reports.stream().map(RoundReport::failure).filter(f -> !f.isEmpty()).findFirst().orElse(""),
        load / 1000,
        waits(report -> true, load),
        waits(RoundReport::loaded, load),
        waits(report -> !report.loaded(), load),
        wakeUps());
  }

  private Stream<Round> all() {
    return Stream.of(warmUps, herds, wakeUps).flatMap(List::stream);
  }

  private HerdWaits waits(Predicate<RoundReport> which, long load) {
    var sum = new Histogram(DIGITS);
    herds.forEach(round -> round.addWaits(which, sum));
    return HerdWaits.of(sum, load);
  }

  private HerdWakeUps wakeUps() {
    Sample woken = Sample.of(wakeUps.stream().flatMap(round -> round.wakeUps().stream()).toList());
    Sample pinged = Sample.of(pings);
    return new HerdWakeUps(
        woken.size(),
        woken.median() / 1e3,
        woken.percentile(99) / 1e3,
        pinged.size(),
        pinged.median() / 1e3,
        pinged.percentile(99) / 1e3,
        ratio(woken.median(), pinged.median()),
        ratio(woken.percentile(99), pinged.percentile(99)));
  }

  private static double ratio(long of, long to) {
    return to == 0 ? 0 : (double) of / to;
  }
}
