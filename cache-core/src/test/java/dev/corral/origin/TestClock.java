package dev.corral.origin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** The time of an origin under test, which passes only in its pauses, or when a test says so. */
final class TestClock implements LongSupplier, Pauses {

  static final Duration PATIENCE = Duration.ofSeconds(10);
  static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** A caller who waits for as long as it may. */
  static final LoadRequest MISS = new LoadRequest(Priority.MISS, PATIENCE, TIMEOUT);

  static final LoadRequest REFRESH = new LoadRequest(Priority.REFRESH, PATIENCE, TIMEOUT);

  private final AtomicLong now = new AtomicLong();
  private final List<Duration> pauses = new ArrayList<>();

  @Override
  public long getAsLong() {
    return now.get();
  }

  void advance(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Override
  public void pause(long nanos) {
    pauses.add(Duration.ofNanos(nanos));
    now.addAndGet(nanos);
  }

  /** Returns the pauses so far. */
  List<Duration> pauses() {
    return pauses;
  }

  OriginBuilder origin() {
    return Origin.named("db").ticker(this).pauses(this).random(() -> 0.5);
  }
}
