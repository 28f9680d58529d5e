package dev.corral.origin;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * A clock for code that wants one, on a ticker: nobody can set it, so no breaker stays open for
 * hours because somebody set the clock of the machine.
 */
final class MonotonicClock extends Clock {

  private final LongSupplier ticker;
  private final long start;

  MonotonicClock(LongSupplier ticker) {
    this.ticker = ticker;
    start = ticker.getAsLong();
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH.plusNanos(ticker.getAsLong() - start);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
