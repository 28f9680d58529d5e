package dev.corral.bench.node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The nodes of one contender: started together, begun together, read together. */
public final class Nodes implements AutoCloseable {
  private static final long HEAD_START = TimeUnit.MILLISECONDS.toNanos(200);

  private final List<NodeConfig> configs;
  private final List<Stint> stints;
  private final ExecutorService followers;

  private Nodes(List<NodeConfig> configs) {
    this.configs = configs;
    stints = configs.stream().map(Stint::new).toList();
    followers = Executors.newFixedThreadPool(configs.size());
  }

  /**
   * Starts the processes that are to be there from the beginning on, and returns when all of them
   * are connected and waiting.
   *
   * @throws NodeException if one of them fails
   */
  public static Nodes start(List<NodeConfig> configs) {
    var nodes = new Nodes(configs);
    try {
      List<Stint> early = nodes.stints.stream().filter(Stint::early).toList();
      early.forEach(Stint::start);
      early.forEach(Stint::prepare);
      early.forEach(Stint::awaitReady);
      return nodes;
    } catch (RuntimeException e) {
      nodes.close();
      throw e;
    }
  }

  /** The instant from which all nodes will run their schedules, if they are told so now. */
  public static long beginning() {
    return System.nanoTime() + HEAD_START;
  }

  /**
   * Lets all nodes run their schedules from the same instant on, and returns what they measured.
   *
   * @param progress is told about once a second how far they have come
   * @throws NodeException if one of them fails
   */
  public Measurement run(long beginning, Consumer<NodeProgress> progress) throws IOException {
    var running = new CountDownLatch(stints.size());
    List<Future<?>> outcomes = new ArrayList<>();
    for (Stint stint : stints) {
      outcomes.add(
          followers.submit(
              () -> {
                follow(stint, beginning, running);
                return null;
              }));
    }
    try {
      while (!running.await(1, TimeUnit.SECONDS)) {
        rethrowFailure(outcomes);
        progress.accept(
            stints.stream().map(Stint::progress).reduce(NodeProgress::plus).orElseThrow());
      }
      rethrowFailure(outcomes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NodeException("Interrupted while the nodes ran");
    }
    return Measurement.read(configs, beginning);
  }

  private static void follow(Stint stint, long beginning, CountDownLatch running)
      throws InterruptedException {
    try {
      stint.run(beginning);
    } finally {
      running.countDown();
    }
  }

  private static void rethrowFailure(List<Future<?>> outcomes) throws InterruptedException {
    for (Future<?> outcome : outcomes) {
      if (!outcome.isDone()) {
        continue;
      }
      try {
        outcome.get();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException failure
            ? failure
            : new IllegalStateException("A node could not be followed", e.getCause());
      }
    }
  }

  /** Ends the processes that still run. */
  @Override
  public void close() {
    stints.forEach(Stint::close);
    followers.shutdownNow();
  }
}
