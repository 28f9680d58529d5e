package dev.corral.servers.faults;

/** A way that bytes take through a {@link FaultProxy}. */
public enum Direction {
  /** From the client to Redis: commands. */
  TO_SERVER,
  /** From Redis to the client: replies and messages. */
  TO_CLIENT
}
