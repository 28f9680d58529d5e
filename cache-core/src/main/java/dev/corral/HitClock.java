package dev.corral;

import org.jspecify.annotations.Nullable;

/**
 * Tells hits whether an entry needs no decision yet. With the time of the system, it reads the
 * {@linkplain Pulse pulse} and has entries calm down as much earlier as that may be behind; a
 * ticker of the user's own is read as it is.
 */
final class HitClock {

  private final @Nullable Ticker exact;

  private HitClock(@Nullable Ticker exact) {
    this.exact = exact;
  }

  static HitClock of(Ticker ticker) {
    return new HitClock(ticker == Ticker.system() ? null : ticker);
  }

  /** Begins its use, which {@link #close} ends. */
  void open() {
    if (exact == null) {
      Pulse.SHARED.acquire();
    }
  }

  long read() {
    Ticker own = exact;
    return own == null ? Pulse.SHARED.read() : own.read();
  }

  /** How much before its end an entry has to be looked at with the cache's own ticker. */
  long slackNanos() {
    return exact == null ? Pulse.SLACK_NANOS : 0;
  }

  void close() {
    if (exact == null) {
      Pulse.SHARED.release();
    }
  }
}
