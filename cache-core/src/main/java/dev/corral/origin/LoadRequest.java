package dev.corral.origin;

import java.time.Duration;
import java.util.Objects;

/**
 * What a load asks of its origin.
 *
 * @param priority who wants it
 * @param patience how long it may queue and pause between attempts, all together
 * @param timeout how long one attempt may run before it is taken to hang: it then counts as failed,
 *     and holds no permit any more
 */
public record LoadRequest(Priority priority, Duration patience, Duration timeout) {

  /** Refuses null. */
  public LoadRequest {
    Objects.requireNonNull(priority, "priority");
    Objects.requireNonNull(patience, "patience");
    Objects.requireNonNull(timeout, "timeout");
  }
}
