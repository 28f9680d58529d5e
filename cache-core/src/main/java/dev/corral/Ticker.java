package dev.corral;

/** A source of monotonic time: tells durations apart, and nothing about the date. Thread-safe. */
@FunctionalInterface
public interface Ticker {

  /** Returns nanoseconds since an arbitrary moment, which may be negative. */
  long read();

  /** Returns the one that reads {@link System#nanoTime()}. */
  static Ticker system() {
    return SystemTicker.INSTANCE;
  }
}
