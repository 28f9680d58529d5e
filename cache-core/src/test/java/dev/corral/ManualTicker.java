package dev.corral;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A ticker that stands still unless a test moves it. It begins shortly before its numbers turn
 * negative, which they may.
 */
final class ManualTicker implements Ticker {

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(1).toNanos());

  @Override
  public long read() {
    return now.get();
  }

  void advance(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
