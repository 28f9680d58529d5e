package dev.corral.origin;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A failure that says when it is worth trying again, such as one that was made from an HTTP {@code
 * Retry-After} (RFC 9110, section 10.2.3). Implemented by exceptions of loaders; respected wherever
 * it stands in the chain of causes.
 */
public interface RetryAfter {

  /** How long to leave the origin alone; what is negative counts as zero. */
  Duration retryAfter();

  /** Returns what a failure, or the first of its causes that knows, says; null if none does. */
  static @Nullable Duration of(Throwable failure) {
    Throwable at = failure;
    for (int depth = 0; at != null && depth < 16; depth++) {
      if (at instanceof RetryAfter known) {
        Duration pause = known.retryAfter();
        return pause.isNegative() ? Duration.ZERO : pause;
      }
      at = at.getCause();
    }
    return null;
  }
}
