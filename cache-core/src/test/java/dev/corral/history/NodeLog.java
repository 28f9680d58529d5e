package dev.corral.history;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Records what one node does, and what happens to it. Thread-safe. */
public final class NodeLog {

  private static final AtomicLong THREADLESS = new AtomicLong();

  private final History history;
  private final String node;

  NodeLog(History history, String node) {
    this.history = history;
    this.node = node;
  }

  /** Begins something that the current thread does; a get, load or change of the node's state. */
  public Operation begin(Kind kind, @Nullable String key) {
    return begin(kind, key, Thread.currentThread().getId());
  }

  /** Begins something that goes on without the current thread, such as a get that is a future. */
  public Operation beginThreadless(Kind kind, String key) {
    return begin(kind, key, THREADLESS.decrementAndGet());
  }

  /** Begins to put or write a value. */
  public Operation begin(Kind kind, Value value) {
    return begin(kind, value.key()).carrying(value.version(), value.id());
  }

  /** Begins a change of the origin, which holds this version of the key when it has ended. */
  public Operation beginOrigin(String key, long version) {
    return begin(Kind.ORIGIN, key).carrying(version, Operation.NO_ID);
  }

  /** Tells of a state that is over by now, and was not known to be one when it began. */
  public void happened(Kind state, long begin) {
    Operation operation = new Operation(state, node, Thread.currentThread().getId(), null, begin);
    operation.done();
    history.add(operation);
  }

  private Operation begin(Kind kind, @Nullable String key, long thread) {
    Operation operation = new Operation(kind, node, thread, key, System.nanoTime());
    history.add(operation);
    return operation;
  }
}
