package dev.corral.remote;

import java.util.HashMap;
import java.util.Map;

/** How often each key has failed in a row. Guarded by the server's lock. */
final class FailureCounts {

  private final Map<String, Integer> counts = new HashMap<>();

  /** Counts a failure, and returns for how many milliseconds the key is left alone. */
  long add(String key, FailureBackoff backoff) {
    int count = counts.merge(key, 1, Integer::sum);
    long cap = backoff.cap().toMillis();
    long window = backoff.base().toMillis();
    // Doubling stops at the cap, so that it cannot overflow.
    for (int i = 1; i < count && window < cap; i++) {
      window = window > cap / 2 ? cap : window * 2;
    }
    return Math.max(1, (long) (window * backoff.fraction()));
  }

  void reset(String key) {
    counts.remove(key);
  }

  void resetAll() {
    counts.clear();
  }
}
