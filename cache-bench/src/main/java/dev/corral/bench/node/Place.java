package dev.corral.bench.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A node of the cluster as the program sees it: its processes, each of which begins when the one
 * before it has ended.
 */
final class Place implements AutoCloseable {
  private final List<NodeConfig> turns;
  private NodeProcess process; // guarded by this
  private boolean closed; // guarded by this
  private volatile NodeProgress ended = NodeProgress.NOTHING; // of the processes that have ended
  private volatile NodeProgress latest = NodeProgress.NOTHING;

  private Place(List<NodeConfig> turns, NodeProcess first) {
    this.turns = turns;
    process = first;
  }

  /** Starts the first of the processes. */
  static Place start(List<NodeConfig> turns) throws IOException {
    return new Place(turns, NodeProcess.start(turns.get(0)));
  }

  /** Lets the first process connect; {@link #awaitReady} tells when it has. */
  void prepare() {
    current().prepare();
  }

  void awaitReady() {
    current().awaitReady();
  }

  /**
   * Lets the first process begin, and after it the others, and returns when the last has ended.
   *
   * @throws NodeException if one of them fails
   */
  void run(long beginning) {
    current().begin(beginning);
    follow();
    for (NodeConfig next : turns.subList(1, turns.size())) {
      replaceBy(next);
      prepare();
      awaitReady();
      current().begin(beginning);
      follow();
    }
  }

  /** Listens to the process until it is done. */
  private void follow() {
    NodeProgress next = current().nextProgress();
    while (!next.done()) {
      latest = ended.plus(next);
      next = current().nextProgress();
    }
    ended = latest;
  }

  private synchronized void replaceBy(NodeConfig next) {
    process.close();
    if (closed) {
      throw new NodeException("The run ended before process " + next.process() + " began");
    }
    try {
      process = NodeProcess.start(next);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start process " + next.process(), e);
    }
  }

  private synchronized NodeProcess current() {
    return process;
  }

  NodeProgress progress() {
    return latest;
  }

  /** Ends the process that still runs. */
  @Override
  public synchronized void close() {
    closed = true;
    process.close();
  }
}
