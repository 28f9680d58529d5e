package dev.corral.remote;

/** What holds for a whole server at a moment. Guarded by the server's lock. */
final class ServerConditions {

  long nowMillis;
  boolean refusesLeases;

  long leftUntil(long expiryMillis) {
    return expiryMillis - nowMillis;
  }

  boolean isBefore(long expiryMillis) {
    return nowMillis < expiryMillis;
  }
}
