package dev.corral.remote;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What the nodes of a test share: it plays the server to which each {@link InMemoryRemoteStore} is
 * one node's connection. Thread-safe.
 *
 * <p>Its time stands still unless {@link #advance} moves it. A message is handed to its node on the
 * thread that caused it, after the lock is released and before the step returns (unless another
 * thread is just handing that node something, and so takes this message along): a handler may call
 * back.
 */
public final class InMemoryRemoteServer {

  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicLong nodes = new AtomicLong();
  private final StepControls steps = new StepControls();

  // guarded by lock
  private final ServerConditions conditions = new ServerConditions();
  private final Postbox postbox = new Postbox();
  private final Map<String, SharedRegion> regions = new HashMap<>();

  /** Returns a new node's connection to this server. */
  public InMemoryRemoteStore newNode() {
    return new InMemoryRemoteStore(this, nodes.incrementAndGet());
  }

  /** Lets time pass, in whole milliseconds. */
  public void advance(Duration time) {
    if (time.isNegative() || time.toMillis() == 0) {
      throw new IllegalArgumentException("time must be at least 1 ms: " + time);
    }
    locked(() -> conditions.nowMillis += time.toMillis());
  }

  /** Loses all keys and all seqs, and tells nobody. */
  public void flush() {
    locked(() -> regions.values().forEach(SharedRegion::flush));
  }

  /** Returns the seq of the partition of a key in a region that is or was open. */
  public long seqOf(String region, String key) {
    return locked(() -> opened(region).seqs()[RemoteRegion.partitionOf(key)]);
  }

  /** Lets the partition of a key forget its last invalidations, as a replica that lacks them. */
  public void fallBack(String region, String key, long seq) {
    locked(() -> opened(region).fallBack(key, seq));
  }

  /** Grants no lease while {@code refuse} is set, as a server that is out of memory. */
  public void refuseLeases(boolean refuse) {
    locked(() -> conditions.refusesLeases = refuse);
  }

  /** Lets every step fail, without effect, while {@code fail} is set. */
  public void fail(boolean fail) {
    steps.fail(fail);
  }

  /** Lets the next {@code count} steps fail, without effect. */
  public void failNext(int count) {
    steps.failNext(count);
  }

  /** Keeps back the messages that are sent from now on, until {@link #deliverHeld}. */
  public void holdMessages() {
    locked(postbox::hold);
  }

  /** Hands over the messages that were held, in order, and holds no more. */
  public void deliverHeld() {
    locked(postbox::releaseHeld);
  }

  /** Loses the messages that are sent while {@code drop} is set; no node notices. */
  public void dropMessages(boolean drop) {
    locked(() -> postbox.drop(drop));
  }

  /** Cuts all subscriptions: nodes are told, and what is sent from now on is lost. */
  public void disconnect() {
    locked(postbox::disconnect);
  }

  /** Restores all subscriptions, and tells the nodes. */
  public void reconnect() {
    locked(postbox::connect);
  }

  /**
   * Runs {@code hook} once, on the calling thread, before the next step of this kind takes effect.
   * Several hooks for one kind are for as many steps, in order.
   */
  public void before(RemoteStep step, Runnable hook) {
    steps.before(step, hook);
  }

  /**
   * Runs {@code hook} once, on the calling thread, after the next step of this kind has taken
   * effect and before its caller sees the answer. A hook that throws a {@link RemoteStoreException}
   * loses the answer.
   */
  public void after(RemoteStep step, Runnable hook) {
    steps.after(step, hook);
  }

  /** Returns how often a step was called, failed calls included. */
  public int countOf(RemoteStep step) {
    return steps.countOf(step);
  }

  /**
   * Returns how many steps were called, failed calls included: the number of round trips. Reading
   * the seqs is left out, which each node does on its own account.
   */
  public int countOfAll() {
    return steps.count();
  }

  /** Lets the counting begin anew. */
  public void resetCounts() {
    steps.resetCounts();
  }

  SharedRegion join(String name, Inbox node) {
    return locked(
        () -> {
          SharedRegion region =
              regions.computeIfAbsent(name, n -> new SharedRegion(conditions, postbox));
          region.join(node);
          return region;
        });
  }

  private SharedRegion opened(String region) {
    return Objects.requireNonNull(regions.get(region), region);
  }

  void leave(SharedRegion region, Inbox node) {
    locked(() -> region.leave(node));
  }

  <T> T run(RemoteStep step, Supplier<T> action) {
    steps.begin(step);
    T answer = locked(action);
    steps.end(step);
    return answer;
  }

  private void locked(Runnable action) {
    locked(
        () -> {
          action.run();
          return true;
        });
  }

  private <T> T locked(Supplier<T> action) {
    T answer;
    List<Inbox> due;
    lock.lock();
    try {
      answer = action.get();
      due = postbox.takeDue();
    } finally {
      lock.unlock();
    }
    due.forEach(Inbox::deliver);
    return answer;
  }
}
