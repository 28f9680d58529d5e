package dev.corral.bench.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One process, from its start to its end, as the program follows it. */
final class Stint implements AutoCloseable {
  private final NodeConfig config;
  private @Nullable NodeProcess process; // guarded by this
  private boolean closed; // guarded by this
  private volatile NodeProgress progress = NodeProgress.NOTHING;

  Stint(NodeConfig config) {
    this.config = config;
  }

  /** Whether the process is there before the beginning. */
  boolean early() {
    return config.startAt() == 0;
  }

  synchronized void start() {
    if (closed) {
      throw new NodeException("The run ended before process " + config.process() + " was started");
    }
    try {
      process = NodeProcess.start(config);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start process " + config.process(), e);
    }
  }

  /** Lets the process connect; {@link #awaitReady} tells when it has. */
  void prepare() {
    started().prepare();
  }

  void awaitReady() {
    started().awaitReady();
  }

  /**
   * Runs the process' schedule, having started it if that is due later, and returns when it is
   * done.
   *
   * @throws NodeException if it fails
   */
  void run(long beginning) throws InterruptedException {
    if (!early()) {
      TimeUnit.NANOSECONDS.sleep(beginning + config.startAt() - System.nanoTime());
      start();
      prepare();
      awaitReady();
    }
    started().begin(beginning);
    for (var next = started().nextProgress(); !next.done(); next = started().nextProgress()) {
      progress = next;
    }
    progress = progress.finished();
    close();
  }

  NodeProgress progress() {
    return progress;
  }

  private synchronized NodeProcess started() {
    if (process == null) {
      throw new IllegalStateException("Process " + config.process() + " was not started");
    }
    return process;
  }

  /** Ends the process, if it still runs. */
  @Override
  public synchronized void close() {
    closed = true;
    if (process != null) {
      process.close();
    }
  }
}
