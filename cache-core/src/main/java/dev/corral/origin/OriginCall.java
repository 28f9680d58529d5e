package dev.corral.origin;

/**
 * A load whose attempts somebody else makes, such as a client that does not block: it passes the
 * limits of its origin and spends its retry budget like any other load. Begun by {@link
 * Origin#begin}. For one attempt after the other; not thread-safe.
 */
public final class OriginCall {

  private final Origin origin;
  private boolean tried;

  OriginCall(Origin origin) {
    this.origin = origin;
  }

  /**
   * Waits until the limits of the origin let an attempt through. Those after the first count as
   * retries. Blocks for the request's patience at most, and not at all if that is zero.
   *
   * @return an attempt that is under way, and has to be ended
   * @throws Rejection if a limit keeps the attempt from being begun
   * @throws InterruptedException if this thread was interrupted while it waited
   */
  public OriginAttempt attempt(LoadRequest request) throws Rejection, InterruptedException {
    OriginAttempt attempt = origin.enter(request, tried);
    tried = true;
    return attempt;
  }

  /** Takes a retry out of the origin's budget; false if there is none left. */
  public boolean tryRetry() {
    return origin.tryRetry();
  }
}
