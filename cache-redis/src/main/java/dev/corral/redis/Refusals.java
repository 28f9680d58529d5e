package dev.corral.redis;

import redis.clients.jedis.exceptions.JedisDataException;

/** Redis' error replies that say something about the key or the server's state, not a fault. */
final class Refusals {

  private Refusals() {}

  /** Whether the server answers reads but takes no writes at present. */
  static boolean isWriteRefused(JedisDataException e) {
    return begins(e, "OOM ")
        || begins(e, "READONLY ")
        || begins(e, "NOREPLICAS ")
        || begins(e, "MISCONF ");
  }

  static boolean isWrongType(JedisDataException e) {
    return begins(e, "WRONGTYPE ");
  }

  private static boolean begins(JedisDataException e, String code) {
    String message = e.getMessage();
    return message != null && message.startsWith(code);
  }
}
