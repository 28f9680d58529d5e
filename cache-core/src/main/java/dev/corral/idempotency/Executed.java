package dev.corral.idempotency;

import java.util.Objects;

/**
 * The outcome of an action.
 *
 * @param value what the action returned
 * @param replayed whether it was another call, maybe in another process, whose action returned it
 * @param stored whether later calls with the key are known to get it as well. False if the store
 *     failed after the action had run (it is tried again in the background), or if the outcome was
 *     written in a transaction of the caller that has not been committed
 */
public record Executed<V>(V value, boolean replayed, boolean stored) {

  /** Refuses null. */
  public Executed {
    Objects.requireNonNull(value, "value");
  }
}
