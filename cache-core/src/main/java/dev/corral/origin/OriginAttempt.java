package dev.corral.origin;

import java.util.Objects;

/**
 * An attempt that the limits of its origin have let through. Whoever makes it ends it, in one of
 * three ways, once. If that has not come when its time is over, the attempt is taken to hang.
 */
public final class OriginAttempt {

  private final Origin origin;
  private final Runs.Run run;

  OriginAttempt(Origin origin, Runs.Run run) {
    this.origin = origin;
    this.run = run;
  }

  /** It brought something. */
  public void succeeded() {
    origin.succeeded(run);
  }

  /** It failed, and that is the origin's. */
  public void failed(Throwable failure) {
    origin.failed(run, Objects.requireNonNull(failure, "failure"));
  }

  /** It was broken off, or came to nothing for reasons that are not the origin's. */
  public void brokenOff() {
    run.brokenOff();
  }
}
