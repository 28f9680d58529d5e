package dev.corral.redis;

import java.time.Duration;

/**
 * How long a store lets its callers wait for Redis, and what it takes for a sign of trouble.
 *
 * @param slowAfter an answer that takes longer speaks against Redis
 * @param connectionWait how long a step waits for a connection that is free
 * @param connections how many steps run at once; 0 for as many as the client's pool allows
 * @param lookUpTimeout after which a look-up does not start over any more
 * @param heartbeat how often the subscription asks for a sign of life
 */
record Limits(
    Duration slowAfter,
    Duration connectionWait,
    int connections,
    Duration lookUpTimeout,
    Duration heartbeat) {

  static final Limits DEFAULT =
      new Limits(
          Duration.ofMillis(500),
          Duration.ofMillis(200),
          0,
          Duration.ofSeconds(1),
          Duration.ofSeconds(5));

  Limits withSlowAfter(Duration duration) {
    return new Limits(
        atLeastAMilli("slowAfter", duration),
        connectionWait,
        connections,
        lookUpTimeout,
        heartbeat);
  }

  Limits withConnectionWait(Duration duration) {
    return new Limits(
        slowAfter,
        atLeastAMilli("connectionWait", duration),
        connections,
        lookUpTimeout,
        heartbeat);
  }

  Limits withConnections(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("connections must be at least 1: " + count);
    }
    return new Limits(slowAfter, connectionWait, count, lookUpTimeout, heartbeat);
  }

  Limits withLookUpTimeout(Duration duration) {
    return new Limits(
        slowAfter,
        connectionWait,
        connections,
        atLeastAMilli("lookUpTimeout", duration),
        heartbeat);
  }

  Limits withHeartbeat(Duration duration) {
    return new Limits(
        slowAfter,
        connectionWait,
        connections,
        lookUpTimeout,
        atLeastAMilli("heartbeat", duration));
  }

  private static Duration atLeastAMilli(String option, Duration duration) {
    if (duration.compareTo(Duration.ofMillis(1)) < 0
        || duration.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException(option + " must be 1 ms to 1 h: " + duration);
    }
    return duration;
  }
}
