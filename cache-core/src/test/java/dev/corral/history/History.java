package dev.corral.history;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * What the nodes of a process did, as it is being recorded. Thread-safe; threads that record do not
 * wait for each other.
 *
 * <p>{@link #operations} and {@link #writeTo} may be called at any time, and then hold what was
 * begun until then. A process that is to be killed writes its file now and then before: what it did
 * after the last time is lost, which the checker must be told by {@link Kind#GONE}.
 */
public final class History {

  private static final int LANES = 64;

  private final List<Queue<Operation>> lanes =
      Stream.<Queue<Operation>>generate(ConcurrentLinkedQueue::new).limit(LANES).toList();

  /**
   * Returns the log of a node.
   *
   * @param name unlike that of other nodes, in whatever process
   */
  public NodeLog node(String name) {
    return new NodeLog(this, name);
  }

  /** Returns the log of what happens to all nodes at once. */
  public NodeLog everywhere() {
    return new NodeLog(this, Operation.EVERYWHERE);
  }

  /** Returns what was begun until now, in the order of the begins. */
  public List<Operation> operations() {
    List<Operation> all = new ArrayList<>();
    lanes.forEach(all::addAll);
    all.sort(HistoryFile.BY_BEGIN);
    return all;
  }

  /** Writes what was begun until now to a file, in place of what it held. */
  public void writeTo(Path file) throws IOException {
    HistoryFile.write(operations(), file);
  }

  void add(Operation operation) {
    // Threads have their ids one after the other, so that few share a lane.
    lanes.get((int) (Thread.currentThread().getId() & (LANES - 1))).add(operation);
  }
}
