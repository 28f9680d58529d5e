package dev.corral.workload;

import dev.corral.remote.RemoteEvents;
import dev.corral.remote.RemoteRegion;
import dev.corral.remote.RemoteStore;
import dev.corral.remote.RemoteStoreException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What lies between one node and the store: steps one way, messages the other, and whatever is
 * wrong with them. Serves one region. Thread-safe.
 */
public final class Line implements RemoteStore {

  private static final long LONGEST_DELAY_MICROS = 100_000;

  private final RemoteStore store;
  private final DoubleSupplier random;
  private final ScheduledExecutorService timer;
  private final AtomicLong syncs = new AtomicLong();
  private volatile @Nullable RemoteEvents node;
  private volatile ObjLongConsumer<RemoteStoreException> failures = (failure, begin) -> {};
  private volatile boolean cut;
  private volatile double failingBefore;
  private volatile double failingAfter;
  private volatile double losing;
  private volatile double repeating;
  private volatile double delaying;

  /** Creates a line without faults; at its far end is the store. */
  public Line(RemoteStore store, DoubleSupplier random, ScheduledExecutorService timer) {
    this.store = store;
    this.random = random;
    this.timer = timer;
  }

  /** Tells of steps that the store itself lets fail, and when each began, by the nano time. */
  public void onFailure(ObjLongConsumer<RemoteStoreException> listener) {
    failures = listener;
  }

  /** Lets this share of the steps fail without effect. */
  void failBefore(double share) {
    failingBefore = share;
  }

  /** Lets this share of the steps fail after they took effect. */
  void failAfter(double share) {
    failingAfter = share;
  }

  /** Loses this share of the messages. */
  void lose(double share) {
    losing = share;
  }

  /** Hands this share of the messages over twice. */
  void repeat(double share) {
    repeating = share;
  }

  /** Hands this share of the messages over later, and so perhaps after others. */
  void delay(double share) {
    delaying = share;
  }

  /** Cuts the subscription, and tells the node. */
  void cut() {
    cut = true;
    tell(RemoteEvents::unsubscribed);
  }

  /** Restores the subscription, and tells the node. */
  void restore() {
    cut = false;
    tell(RemoteEvents::subscribed);
  }

  /** Returns how often the node has been told all seqs. */
  public long syncs() {
    return syncs.get();
  }

  @Override
  public RemoteRegion open(String name, RemoteEvents events) {
    node = events;
    return new LineRegion(this, store.open(name, new LineEvents(this)));
  }

  @Override
  public void close() {
    store.close();
  }

  <T> T step(Supplier<T> action) {
    failing(failingBefore);
    T answer = watched(action);
    failing(failingAfter);
    return answer;
  }

  private <T> T watched(Supplier<T> action) {
    long begin = System.nanoTime();
    try {
      return action.get();
    } catch (RemoteStoreException e) {
      failures.accept(e, begin);
      throw e;
    }
  }

  long[] sync(Supplier<long[]> action) {
    long[] seqs = step(action);
    syncs.incrementAndGet();
    return seqs;
  }

  void message(Consumer<RemoteEvents> message) {
    if (cut || happens(losing)) {
      return;
    }
    if (happens(delaying)) {
      long micros = (long) (random.getAsDouble() * LONGEST_DELAY_MICROS);
      var unused = timer.schedule(() -> tell(message), micros, TimeUnit.MICROSECONDS);
    } else {
      tell(message);
    }
    if (happens(repeating)) {
      tell(message);
    }
  }

  void tell(Consumer<RemoteEvents> message) {
    RemoteEvents to = node;
    if (to != null) {
      message.accept(to);
    }
  }

  private void failing(double share) {
    if (happens(share)) {
      throw new RemoteStoreException("The workload lets this step fail");
    }
  }

  private boolean happens(double share) {
    return share > 0 && random.getAsDouble() < share;
  }
}
