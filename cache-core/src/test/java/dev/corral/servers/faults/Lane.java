package dev.corral.servers.faults;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is on its way in one direction of one connection: whole frames, in order, each written when
 * its time has come. One thread {@linkplain #run writes}; any may {@linkplain #offer offer}.
 */
final class Lane {

  private static final long ROOM = 8L << 20;

  private final LinkFaults faults;
  private final Direction direction;
  private final BooleanSupplier subscriber;
  private final Sink sink;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // guarded by lock
  private final Queue<Parcel> queue = new ArrayDeque<>();
  private long queuedBytes;
  private long lastDue = System.nanoTime();
  private boolean ended;
  private boolean closed;

  // Used by the writing thread only.
  private boolean mute;
  private LinkFaults.@Nullable Cut watched;
  private long bytesSinceWatched;

  /** Where to write to, once connected. */
  interface Sink {
    OutputStream open() throws IOException;
  }

  private static final class Parcel {
    final byte[] bytes;
    final long due;

    Parcel(byte[] bytes, long due) {
      this.bytes = bytes;
      this.due = due;
    }
  }

  Lane(LinkFaults faults, Direction direction, BooleanSupplier subscriber, Sink sink) {
    this.faults = faults;
    this.direction = direction;
    this.subscriber = subscriber;
    this.sink = sink;
  }

  /** Puts a frame behind all others. Does not block. */
  void offer(byte[] bytes) {
    lock.lock();
    try {
      // Never due before an earlier one, else a delay that ends would reorder bytes.
      long due = System.nanoTime() + faults.delayNanos();
      lastDue = due - lastDue > 0 ? due : lastDue;
      queue.add(new Parcel(bytes, lastDue));
      queuedBytes += bytes.length;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until not too much is on its way, so that a slow reader slows the sender. */
  void awaitRoom() throws InterruptedException {
    lock.lock();
    try {
      while (queuedBytes > ROOM && !closed) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Says that nothing more comes. */
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Forgets all that is on its way. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Looks at the faults again. */
  void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes what comes until it ends, is closed, or is cut.
   *
   * @return whether the other side is to learn of the end: a half-open connection tells nothing
   */
  boolean run() throws IOException, InterruptedException {
    var out = new BufferedOutputStream(sink.open());
    for (byte[] next = take(); next != null; next = take()) {
      if (isMute()) {
        mute = true;
        continue;
      }
      int allowed = untilCut(next.length);
      out.write(next, 0, allowed);
      if (allowed < next.length) {
        out.flush();
        return true;
      }
      if (isIdle()) {
        out.flush();
      }
    }
    return !isMute();
  }

  /** Once bytes were lost, those that follow would be garbage: silence lasts. */
  private boolean isMute() {
    return mute || faults.swallows(direction, subscriber.getAsBoolean());
  }

  /** How many of the next bytes pass before the connection is to be cut. */
  private int untilCut(int length) {
    LinkFaults.Cut cut =
        direction == Direction.TO_CLIENT ? faults.cutFor(subscriber.getAsBoolean()) : null;
    if (cut == null) {
      return length;
    }
    if (cut != watched) {
      watched = cut;
      bytesSinceWatched = 0;
    }
    long before = bytesSinceWatched;
    bytesSinceWatched += length;
    return cut.happensAt(bytesSinceWatched) ? (int) (cut.afterBytes - before) : length;
  }

  private boolean isIdle() {
    lock.lock();
    try {
      Parcel first = queue.peek();
      return first == null || first.due - System.nanoTime() > 0;
    } finally {
      lock.unlock();
    }
  }

  private byte @Nullable [] take() throws InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        Parcel first = queue.peek();
        long wait = first == null ? 0 : first.due - System.nanoTime();
        boolean stalled = faults.stalls(direction, subscriber.getAsBoolean());
        if (first != null && wait <= 0 && !stalled) {
          queue.remove();
          queuedBytes -= first.bytes.length;
          changed.signalAll();
          return first.bytes;
        }
        if (first == null && ended && !stalled) {
          return null;
        }
        if (first == null || stalled) {
          changed.await();
        } else {
          var unused = changed.await(wait, TimeUnit.NANOSECONDS);
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }
}
