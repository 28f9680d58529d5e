package dev.corral;

/** What becomes of an invalidation that the remote tier did not confirm, because it is away. */
public enum Undelivered {
  /**
   * It takes effect in this process, is kept, and is delivered before this process asks the remote
   * tier for anything again. Until then, other nodes may serve what was there before. What is kept
   * is lost if the process ends.
   */
  REPLAY,
  /** As {@link #REPLAY}, and the caller is told by an {@link UndeliveredException}. */
  THROW
}
