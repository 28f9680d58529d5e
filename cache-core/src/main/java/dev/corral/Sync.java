package dev.corral;

import dev.corral.remote.RemoteRegion;
import dev.corral.remote.RemoteStoreException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out of which partitions this node has missed a message, by asking the store once an
 * interval how far each has come, and has them suspected. A message that is lost is noticed within
 * two intervals, whether the subscription stands, is cut, or has died without a word.
 */
final class Sync {

  private final HeardSeqs seqs;
  private final Trust trust;
  private final Consumer<BitSet> suspect;
  private final RemoteHealth health;
  private final ScheduledExecutorService scheduler;
  private final Ticker ticker;
  private final DoubleSupplier random;
  private final long intervalNanos;
  private final long withoutContactNanos;

  private volatile @Nullable RemoteRegion region;
  private Runnable before = () -> {}; // set before region
  private volatile boolean closed;

  // Whether messages could not come since the last answer. Set by the message thread.
  private final AtomicBoolean paused = new AtomicBoolean();

  // What the store has forgotten and could not be told yet; guarded by asking.
  private final Deque<HeardSeqs.Forgotten> untold = new ArrayDeque<>();

  private final ReentrantLock asking = new ReentrantLock();
  private long lastContact; // guarded by asking

  /**
   * Creates the watch over one region.
   *
   * @param suspect is told the partitions of which messages have been missed; none, often
   */
  Sync(
      Config<?, ?> config,
      Trust trust,
      Consumer<BitSet> suspect,
      RemoteHealth health,
      ScheduledExecutorService scheduler) {
    Duration withoutContact = config.localWhileDisconnected();
    this.seqs = new HeardSeqs(trust.eras.partitions(), trust.reached);
    this.trust = trust;
    this.suspect = suspect;
    this.health = health;
    this.scheduler = scheduler;
    this.ticker = config.ticker();
    this.random = config.random();
    this.intervalNanos = config.syncInterval().toNanos();
    this.withoutContactNanos = withoutContact == null ? Long.MAX_VALUE : withoutContact.toNanos();
    lastContact = ticker.read();
  }

  /**
   * Begins to ask, at once and then once an interval.
   *
   * @param before is done first each time, and does not throw
   */
  void start(RemoteRegion region, Runnable before) {
    this.before = before;
    this.region = region;
    now();
    // Not all nodes in the same instant.
    schedule((long) (intervalNanos * random.getAsDouble()));
  }

  void close() {
    closed = true;
  }

  /** Notes the seq that came with a message. */
  void heard(int partition, long seq) {
    if (seqs.heard(partition, seq)) {
      BitSet one = new BitSet();
      one.set(partition);
      suspect.accept(one);
    }
  }

  /** Messages come from now on: what was missed before is found out at once. */
  void subscribed() {
    paused.set(true);
    if (region != null) {
      now();
    }
  }

  /** The store answers again: what is pending is delivered, and the seqs are compared. */
  void available() {
    if (region == null) {
      return;
    }
    try {
      // Not on this thread: it may be in the middle of a delivery.
      var unused = scheduler.schedule(() -> ask(), 0, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      closed = true;
    }
  }

  private void now() {
    try {
      scheduler.execute(this::ask);
    } catch (RejectedExecutionException e) {
      closed = true;
    }
  }

  private void schedule(long nanos) {
    try {
      var unused = scheduler.schedule(this::tick, Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // The cache is closed.
      closed = true;
    }
  }

  private void tick() {
    long began = ticker.read();
    try {
      ask();
    } finally {
      // Whatever was thrown: without the next one, lost messages would go unnoticed for ever.
      if (!closed) {
        schedule(intervalNanos - (ticker.read() - began));
      }
    }
  }

  private void ask() {
    RemoteRegion of = region;
    if (closed || of == null) {
      return;
    }
    asking.lock();
    try {
      ask(of);
    } finally {
      asking.unlock();
    }
  }

  private void ask(RemoteRegion of) {
    long began = ticker.read();
    // First: this is what bounds how long a lost message goes unnoticed, however long the store
    // takes to answer.
    suspect.accept(seqs.ask());
    before.run();
    boolean afterPause = paused.getAndSet(false);
    try {
      long[] answer = of.seqs();
      HeardSeqs.Findings findings = seqs.answered(answer, afterPause);
      findings.restarted().stream().forEach(i -> trust.restart(i, answer[i]));
      if (trust.eras.isInUse()) {
        suspect.accept(findings.suspects());
      }
      untold.addAll(findings.forgotten());
      while (!untold.isEmpty()) {
        HeardSeqs.Forgotten forgotten = untold.getFirst();
        of.overtake(forgotten.partition(), forgotten.seq());
        untold.removeFirst();
      }
      lastContact = began;
      health.answered(began);
    } catch (RemoteStoreException e) {
      if (afterPause) {
        paused.set(true);
      }
      if (!closed) {
        health.failed(e);
        health.unanswered();
        distrustWithoutContact(began);
      }
    }
  }

  /** Ends the trust in all entries before they could have gone without contact for too long. */
  private void distrustWithoutContact(long began) {
    if (withoutContactNanos - (began - lastContact) <= intervalNanos) {
      BitSet all = new BitSet();
      all.set(0, trust.eras.partitions());
      suspect.accept(all);
      lastContact = began;
    }
  }
}
