package dev.corral.servers;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waiting for servers to agree, by asking again and again. */
final class Patience {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

  private Patience() {}

  /**
   * Asks until nothing is wrong.
   *
   * @param wrong says what is, or null; what it throws is wrong as well
   * @throws IllegalStateException if something still is after 30 s
   */
  static void untilNothingIsWrong(String wanted, Supplier<@Nullable String> wrong) {
    long start = System.nanoTime();
    for (String now = ask(wrong); now != null; now = ask(wrong)) {
      if (System.nanoTime() - start > LIMIT.toNanos()) {
        throw new IllegalStateException(
            "Wanted " + wanted + " within " + LIMIT + "; at last: " + now);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static @Nullable String ask(Supplier<@Nullable String> wrong) {
    try {
      return wrong.get();
    } catch (RuntimeException e) {
      // A server that is just going away or coming up.
      return e.toString();
    }
  }
}
