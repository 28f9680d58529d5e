package dev.corral.history;

/** How an {@link Operation} ended. */
public enum Outcome {
  /** Not yet. */
  OPEN,
  /** A get or a load came by a value. */
  VALUE,
  /** A get or a load came by the knowledge that the origin has no value. */
  ABSENT,
  /** A get that does not load found nothing. */
  NOTHING,
  /** A get returned what no loader or writer of this key ever made. */
  FOREIGN,
  /** It threw. */
  FAILED,
  /** Anything else is over. */
  DONE,
  /** An invalidation or a put told its caller that Redis perhaps did not take it. */
  UNDELIVERED,
  /** An invalidation returned, and will be replayed when Redis can be reached. */
  PENDING
}
