package dev.corral.bench.herd;

import dev.corral.bench.contender.Contender;
import dev.corral.bench.contender.Limits;
import dev.corral.bench.contender.Page;
import dev.corral.bench.contender.Ping;
import dev.corral.bench.contender.Setup;
import dev.corral.bench.node.NodeFiles;
import dev.corral.bench.node.SharedClock;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** What a process of a herd does: gather its waiters, let them go, tell what became of them. */
final class HerdNode {
  private static final Duration LIFETIME = Duration.ofMinutes(10); // nothing expires meanwhile
  private static final int PAGES = 100_000;
  private static final int LEAST_CONNECTIONS = 8; // of which one listens
  private static final int MOST_CONNECTIONS = 64;

  private final HerdConfig config;
  private final PrintStream answers;
  private final ExecutorService threads;
  private @Nullable Prepared prepared;
  private @Nullable Gathered gathered;

  private record Prepared(
      SharedClock clock, SleepingOrigin origin, Setup setup, Contender contender, Ping ping) {}

  private record Gathered(Herd herd, Waiters waiters) {}

  HerdNode(HerdConfig config, PrintStream answers) {
    this.config = config;
    this.answers = answers;
    threads = config.threads().start(config.waiters());
  }

  void tellClock() {
    answer("clock " + System.nanoTime());
  }

  void prepare(SharedClock clock) {
    var origin = new SleepingOrigin(clock, Duration.ofNanos(config.loadNanos()));
    var setup =
        new Setup(
            origin,
            key -> LIFETIME,
            PAGES,
            config.redis(),
            Math.max(LEAST_CONNECTIONS, Math.min(config.waiters(), MOST_CONNECTIONS)),
            config.namespace(),
            Limits.USUAL);
    var ping = new Ping(setup);
    ping.ask(); // which connects
    prepared = new Prepared(clock, origin, setup, config.kind().open(setup), ping);
    answer("ready");
  }

  /**
   * Has everything compiled that a herd runs through: what is measured is how soon somebody is
   * woken, not how long an interpreter takes for the way there. All processes ask for the same
   * keys, and so wait for each other now and then. The origin is another one, and so is the cache.
   */
  void warm(int first, int gets) throws Exception {
    Setup setup =
        prepared()
            .setup()
            .elsewhere(key -> new Page(SleepingOrigin.content(key), System.nanoTime()), "-warm");
    try (Contender contender = config.kind().open(setup)) {
      for (int i = first; i < first + gets; i++) {
        contender.get("warm-" + i);
        prepared().ping().ask();
      }
    }
    answer("warm");
  }

  void gather(String key, int count) throws InterruptedException {
    var waiters = new Waiters(prepared().contender(), key, count, prepared().clock());
    gathered = new Gathered(Herd.gather(threads, count, waiters::ask), waiters);
    answer("gathered");
  }

  void release(long at) throws InterruptedException, IOException {
    if (gathered == null) {
      throw new IllegalStateException("Told to release before it was told to gather");
    }
    prepared().clock().waitUntil(at);
    gathered.herd().release();
    RoundReport report = gathered.waiters().report(at, prepared().origin().take());
    answer("round " + NodeFiles.JSON.writeValueAsString(report));
  }

  /** Asks Redis for nothing, in a thread of the same kind that was parked until then. */
  void ping(long at) throws InterruptedException, ExecutionException {
    SharedClock clock = prepared().clock();
    long nanos =
        threads
            .submit(
                () -> {
                  clock.waitUntil(at);
                  long begin = clock.now();
                  prepared().ping().ask();
                  return clock.now() - begin;
                })
            .get();
    answer("ping " + nanos);
  }

  private Prepared prepared() {
    if (prepared == null) {
      throw new IllegalStateException("Not told to prepare");
    }
    return prepared;
  }

  private void answer(String line) {
    answers.println(line);
    answers.flush();
  }
}
