package dev.corral.bench.node;

import dev.corral.bench.contender.Contender;
import dev.corral.bench.contender.Setup;
import dev.corral.bench.count.LoadLog;
import dev.corral.bench.history.InvalidationLog;
import dev.corral.bench.history.ReadLog;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a node process does: prepare, run its part of the workload, leave its results. */
final class Node {
  private static final Duration RETRIES_EVERY = Duration.ofMillis(100);

  private final NodeConfig config;
  private final PrintStream answers;
  private final NodeFiles files;
  private @Nullable Prepared prepared;

  private record Prepared(
      SharedClock clock,
      Origin origin,
      Contender contender,
      Workload workload,
      Writers writers,
      ReadLog reads,
      Measure measure) {}

  Node(NodeConfig config, PrintStream answers) {
    this.config = config;
    this.answers = answers;
    files = new NodeFiles(Path.of(config.directory()));
  }

  void tellClock() {
    answer("clock " + System.nanoTime());
  }

  void prepare(SharedClock clock) throws IOException {
    var keys = new Keys(files.readKeys());
    var origin = new Origin(config, keys, clock);
    var measure = new Measure(config.windowFrom(), config.windowTo());
    var schedule = Schedule.read(files.schedule(config.process()));
    var contender = open(origin, keys);
    PageCheck check = measure.check(keys);
    var reads = new ReadLog(config.change().isEmpty() ? 0 : schedule.size());
    if (!config.change().isEmpty()) {
      check = new VersionCheck(reads, check);
    }
    var workload = new Workload(config, schedule, keys, contender, clock, measure, check);
    var changes = Schedule.read(files.changes(config.process()));
    var writers = new Writers(config, changes, keys, contender, clock, measure);
    prepared = new Prepared(clock, origin, contender, workload, writers, reads, measure);
    answer("ready");
  }

  private Contender open(Origin origin, Keys keys) {
    origin.connect();
    return config
        .contender()
        .open(
            new Setup(
                origin,
                keys,
                keys.size(),
                config.redis(),
                config.threads(),
                config.namespace(),
                config.limits()));
  }

  /** Starts the workload in a thread of its own: this one goes on listening. */
  void begin(long beginning) {
    if (prepared == null) {
      throw new IllegalStateException("Told to begin before it was told to prepare");
    }
    var run = prepared;
    new Thread(() -> run(run, beginning), "node").start();
  }

  private void run(Prepared run, long beginning) {
    var progress = Executors.newSingleThreadScheduledExecutor();
    var unused = progress.scheduleAtFixedRate(() -> tellProgress(run), 1, 1, TimeUnit.SECONDS);
    var retries = new RetryCount(beginning, run.clock(), run.contender(), run.measure());
    var unusedToo =
        progress.scheduleAtFixedRate(
            retries::look, 0, RETRIES_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    var hiccups = Hiccups.measure(beginning, run.clock(), run.measure());
    try {
      run.writers().begin(beginning);
      run.workload().run(beginning);
      run.writers().join();
      hiccups.stop();
      progress.shutdown();
      run.contender().close(); // as a service that leaves in good order
      LoadLog.write(files.loads(config.process()), run.origin().events());
      run.reads().write(files.reads(config.process()));
      InvalidationLog.write(files.invalidations(config.process()), run.writers().done());
      files.writeReport(config.process(), run.measure().report());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("Process " + config.process() + " could not finish", e);
    }
    answer("done");
  }

  private void tellProgress(Prepared run) {
    var measure = run.measure();
    answer("progress %d %d %d".formatted(measure.gets(), run.origin().loads(), measure.errors()));
  }

  private void answer(String line) {
    answers.println(line);
    answers.flush();
  }
}
