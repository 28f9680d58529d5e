package dev.corral.origin;

/** What a circuit breaker does with loads at present. */
public enum BreakerState {
  /** Lets all through; also said where there is no breaker. */
  CLOSED,
  /** Rejects all. */
  OPEN,
  /** Lets a few through, to see how they fare. */
  HALF_OPEN
}
