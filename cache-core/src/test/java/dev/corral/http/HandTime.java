package dev.corral.http;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The time of a client under test: it passes in the pauses, and a test ends time-outs itself. */
final class HandTime implements LongSupplier, Delays, Supplier<Instant> {

  private final AtomicLong now = new AtomicLong();
  private final List<Duration> pauses = new ArrayList<>();
  private final BlockingQueue<CompletableFuture<Void>> timeouts = new LinkedBlockingQueue<>();
  private boolean holdsPauses;
  private Runnable duringPauses = () -> {};

  @Override
  public long getAsLong() {
    return now.get();
  }

  @Override
  public Instant get() {
    return Instant.parse("2026-11-06T08:49:37Z").plusNanos(now.get());
  }

  void advance(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Override
  public CompletableFuture<Void> pause(long nanos) {
    synchronized (pauses) {
      pauses.add(Duration.ofNanos(nanos));
    }
    duringPauses.run();
    synchronized (pauses) {
      if (holdsPauses) {
        return new CompletableFuture<>();
      }
    }
    now.addAndGet(nanos);
    return CompletableFuture.allOf();
  }

  @Override
  public CompletableFuture<Void> timeout(long nanos) {
    CompletableFuture<Void> timeout = new CompletableFuture<>();
    timeouts.add(timeout);
    return timeout;
  }

  /** Has something happen when a pause has begun, and nobody knows of it yet. */
  void duringPauses(Runnable event) {
    duringPauses = event;
  }

  /** Lets no pause end any more. */
  void holdPauses() {
    synchronized (pauses) {
      holdsPauses = true;
    }
  }

  /** Returns the pauses so far. */
  List<Duration> pauses() {
    synchronized (pauses) {
      return List.copyOf(pauses);
    }
  }

  /** Ends the time of the attempt that is under way. */
  void expire() {
    timeouts.stream().filter(timeout -> !timeout.isDone()).forEach(open -> open.complete(null));
  }

  /** Returns how many time-outs are still to come. */
  long open() {
    return timeouts.stream().filter(timeout -> !timeout.isDone()).count();
  }
}
