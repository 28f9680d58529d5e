package dev.corral.idempotency.jdbc;

import java.nio.ByteBuffer;
import java.util.UUID;

/** Tokens as all databases keep them. */
final class Tokens {

  private Tokens() {}

  static byte[] bytes(UUID token) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(token.getMostSignificantBits())
        .putLong(token.getLeastSignificantBits())
        .array();
  }
}
