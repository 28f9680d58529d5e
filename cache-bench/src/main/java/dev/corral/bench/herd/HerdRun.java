package dev.corral.bench.herd;

import dev.corral.bench.report.HerdContender;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Herds that ask one contender after another, each in new processes.
 *
 * @param waiters of each process
 * @param rounds of herds, and as many of wake-ups
 * @param warmUpRounds before either of them, and a thousand gets of each process for each, up to
 *     ten thousand
 * @param directory for the logs of the processes
 * @param progress is told how far it has come
 */
public record HerdRun(
    int processes,
    int waiters,
    WaitingThreads threads,
    Duration load,
    int rounds,
    int warmUpRounds,
    URI redis,
    Path directory,
    Consumer<String> progress) {

  private static final int ONE = 1;

  /** For each of the first rounds to warm up, so many gets of each process as well. */
  private static final int GETS = 1_000;

  private static final int MOST_WARM_UPS = 10;

  public HerdContender run(HerdKind kind) throws IOException {
    var tally = new HerdTally();
    try (HerdProcesses running = HerdProcesses.start(configs(kind), directory)) {
      for (int i = 0; i < Math.min(warmUpRounds, MOST_WARM_UPS); i++) {
        running.warm(i * GETS, GETS);
        progress.accept("%,d gets to warm up".formatted((i + 1) * GETS));
      }
      runHerds(running, tally);
      runWakeUps(running, tally);
    }
    return tally.of(kind);
  }

  private List<HerdConfig> configs(HerdKind kind) {
    String namespace = "herd-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    return IntStream.range(0, processes)
        .mapToObj(
            process ->
                new HerdConfig(process, kind, threads, waiters, load.toNanos(), redis, namespace))
        .toList();
  }

  private void runHerds(HerdProcesses running, HerdTally tally) throws IOException {
    for (int i = 0; i < warmUpRounds; i++) {
      tally.warmUp(running.round("warm-up-" + i, waiters));
      progress.accept("warm-up %d of %d".formatted(i + 1, warmUpRounds));
    }
    for (int i = 0; i < rounds; i++) {
      tally.herd(running.round("herd-" + i, waiters));
      progress.accept("herd %d of %d".formatted(i + 1, rounds));
    }
  }

  private void runWakeUps(HerdProcesses running, HerdTally tally) throws IOException {
    for (int i = 0; i < warmUpRounds; i++) {
      tally.warmUp(running.round("wake-up-warm-up-" + i, ONE));
      running.ping(i % processes);
    }
    for (int i = 0; i < rounds; i++) {
      tally.wakeUp(running.round("wake-up-" + i, ONE));
      tally.ping(running.ping(i % processes));
      progress.accept("wake-up %d of %d".formatted(i + 1, rounds));
    }
  }
}
