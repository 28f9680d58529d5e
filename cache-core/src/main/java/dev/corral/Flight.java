package dev.corral;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One load of one key in this process, shared by every thread that wants the key. Whoever
 * {@linkplain #tryStart starts} it leads; the others wait on one future, so that any number of them
 * is let out at once.
 */
final class Flight<K, V> {

  /** How a flight ends. */
  sealed interface Outcome<V> {

    /** The leader came by an entry. */
    record Arrived<V>(Resolved<V> resolved) implements Outcome<V> {}

    /** The load failed, and that is everybody's failure. */
    record Failed<V>(CorralException failure) implements Outcome<V> {}

    /** The leader gave up for reasons of its own: whoever still waits elects another. */
    record Abandoned<V>() implements Outcome<V> {}
  }

  /**
   * Who leads the flight, and until when.
   *
   * @param thread null if a thread is still to come
   */
  private record Leader(@Nullable Thread thread, long deadline) {}

  private final K key;
  private final AtomicReference<@Nullable Leader> leader;
  private final CompletableFuture<Outcome<V>> outcome = new CompletableFuture<>();

  Flight(K key) {
    this.key = key;
    this.leader = new AtomicReference<>();
  }

  /** Creates a flight that a thread is to start by then, or it is overdue. */
  Flight(K key, long startBy) {
    this.key = key;
    this.leader = new AtomicReference<>(new Leader(null, startBy));
  }

  K key() {
    return key;
  }

  /** Makes the current thread the leader, until a deadline, unless another is. */
  boolean tryStart(long deadline) {
    Leader current = leader.get();
    return (current == null || current.thread == null)
        && leader.compareAndSet(current, new Leader(Thread.currentThread(), deadline));
  }

  boolean isLedByCurrentThread() {
    Leader current = leader.get();
    return current != null && current.thread == Thread.currentThread();
  }

  /** Whether the leader has used up its time, or none has come in time. */
  boolean isOverdueAt(long now) {
    return leftAt(now) <= 0;
  }

  /** What is left of the leader's time, in nanoseconds; without end if the flight waits for one. */
  long leftAt(long now) {
    Leader current = leader.get();
    return current == null ? Long.MAX_VALUE : current.deadline - now;
  }

  /** Lets all who wait go on. Only the first call counts. */
  void end(Outcome<V> how) {
    outcome.complete(how);
  }

  /** Waits until the flight has ended; null if it has not by then. */
  @Nullable Outcome<V> await(long nanos) throws InterruptedException {
    try {
      return outcome.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      throw new AssertionError("a flight ends with an outcome, never with an exception", e);
    }
  }
}
