package dev.corral.redis;

import redis.clients.jedis.exceptions.JedisDataException;

/** What Redis' error replies say about the key or the state of the server. */
final class Refusals {

  private Refusals() {}

  /** Whether the server answers reads but takes no writes at present. */
  static boolean isWriteRefused(JedisDataException e) {
    return begins(e, "OOM ")
        || begins(e, "READONLY ")
        || begins(e, "NOREPLICAS ")
        || begins(e, "MISCONF ");
  }

  /** Whether the server answers nothing at present, or not to this client. */
  static boolean isAway(JedisDataException e) {
    return begins(e, "LOADING ")
        || begins(e, "MASTERDOWN ")
        || begins(e, "CLUSTERDOWN ")
        || begins(e, "BUSY ")
        || begins(e, "NOAUTH ")
        || begins(e, "NOPERM ")
        || begins(e, "WRONGPASS ")
        || begins(e, "ERR max number of clients");
  }

  static boolean isWrongType(JedisDataException e) {
    return begins(e, "WRONGTYPE ");
  }

  private static boolean begins(JedisDataException e, String code) {
    String message = e.getMessage();
    return message != null && message.startsWith(code);
  }
}
