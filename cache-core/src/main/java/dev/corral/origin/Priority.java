package dev.corral.origin;

/** Who wants a load, and so who goes first when an origin can take only some of them. */
public enum Priority {
  /** A caller waits for it. Waits for a permit if it must. */
  MISS,
  /** Nobody waits: a value is being served meanwhile. Takes what is left over, and never queues. */
  REFRESH
}
