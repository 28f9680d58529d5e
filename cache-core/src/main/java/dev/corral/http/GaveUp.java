package dev.corral.http;

/** Why a request that might have gone well the next time was not sent again. */
public enum GaveUp {
  /**
   * It is not safe to send it twice: it has no key and its method is not idempotent, its body
   * cannot be sent a second time, or the caller has said so.
   */
  NOT_REPEATABLE,
  /** As many attempts as are allowed have been made, or as many answers "in progress" have come. */
  OUT_OF_ATTEMPTS,
  /** The next attempt would begin when the time for all of them is over. */
  OUT_OF_TIME,
  /** The retry budget of the origin is used up. */
  OUT_OF_BUDGET,
  /** The server asks for a longer pause than this client makes. */
  RETRY_AFTER_TOO_LONG,
  /** A limit of the origin kept the attempt from being begun, such as its circuit breaker. */
  REJECTED,
  /** The server cannot prove who it is. That does not pass. */
  UNTRUSTED,
  /** The thread of the caller was interrupted, or what the caller makes of an answer failed. */
  BROKEN_OFF
}
