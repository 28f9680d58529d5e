package dev.corral.remote;

/** What a key holds, until its time is up: a lease, a value or a failure. */
sealed interface Held permits HeldLease, HeldValue, HeldFailure {

  long expiryMillis();

  boolean isVoidIn(Partition partition);

  /** Returns what a look-up answers when it meets this. */
  Lookup seenUnder(ServerConditions conditions);
}
