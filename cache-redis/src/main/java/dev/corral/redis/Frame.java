package dev.corral.redis;

import dev.corral.remote.Id;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a string in Redis says, be it an entry or a refresh right:
 *
 * <pre>
 * L token(16) floor(16 digits) waiter(8)*   a lease, and the ids of the nodes that wait for it
 * V fill(16)  stamp(16 digits) end(16 digits) body
 *                                           a value
 * E token(16) body                          a failure
 * </pre>
 *
 * <p>The floor in a lease is the partition's floor as its holder knew it when it asked. A lease
 * whose floor is not the present one was granted before a clear, and is void; a holder that knew an
 * outdated one confirms its lease before it uses it.
 *
 * <p>The end of a value is the time, by the server's clock in milliseconds, at which its life ends;
 * the key expires then, or a moment later.
 */
final class Frame {

  /** The tag and the id: what a step compares. */
  static final int PREFIX = 1 + Id.BYTES;

  private static final int END_AT = PREFIX + Bytes.NUMBER;
  private static final int HEADER = END_AT + Bytes.NUMBER;

  private final byte[] bytes;

  private Frame(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Reads a string; null if it is none of these. */
  static @Nullable Frame read(byte[] bytes) {
    if (bytes.length < PREFIX) {
      return null;
    }
    return switch (bytes[0]) {
      case 'L' -> hasNumber(bytes, PREFIX) ? new Frame(bytes) : null;
      case 'V' -> hasNumber(bytes, PREFIX) && hasNumber(bytes, END_AT) ? new Frame(bytes) : null;
      case 'E' -> new Frame(bytes);
      default -> null;
    };
  }

  private static boolean hasNumber(byte[] bytes, int start) {
    return Bytes.number(bytes, start, Bytes.NUMBER) >= 0;
  }

  static byte[] lease(Id token, long floor) {
    return Bytes.concat(leasePrefix(token), Bytes.number(floor));
  }

  static byte[] leasePrefix(Id token) {
    return prefix('L', token);
  }

  static byte[] valuePrefix(Id fill) {
    return prefix('V', fill);
  }

  private static byte[] prefix(char tag, Id id) {
    return Bytes.concat(new byte[] {(byte) tag}, id.toBytes());
  }

  boolean isLease() {
    return bytes[0] == 'L';
  }

  boolean isValue() {
    return bytes[0] == 'V';
  }

  boolean isFailure() {
    return bytes[0] == 'E';
  }

  /** Returns the token of the lease or the failure, or the fill of the value. */
  Id id() {
    return Id.from(bytes, 1);
  }

  /** Returns the floor of the lease or the stamp of the value. */
  long number() {
    return Bytes.number(bytes, PREFIX, Bytes.NUMBER);
  }

  /** Returns when the life of the value ends, in milliseconds of the server's clock. */
  long end() {
    return Bytes.number(bytes, END_AT, Bytes.NUMBER);
  }

  /** Returns the bytes of the value or of the failure, or the waiters of the lease. */
  byte[] body() {
    int start =
        switch (bytes[0]) {
          case 'E' -> PREFIX;
          case 'L' -> END_AT;
          default -> HEADER;
        };
    return Bytes.from(bytes, start);
  }

  /** Returns what tells this string from another that might follow it. */
  byte[] beginning() {
    return beginningOf(bytes);
  }

  /**
   * Returns as much of any string as tells it from another that might follow it: a lease gets
   * another floor when it is confirmed, but keeps its token. A value that gets another life is the
   * same value, so that the end is not part of it.
   */
  static byte[] beginningOf(byte[] bytes) {
    return Arrays.copyOf(bytes, Math.min(bytes.length, END_AT));
  }

  /** The index of the last byte of such a beginning. */
  static final int BEGINNING_END = END_AT - 1;

  /** The index of the last byte that stands before the body of a value. */
  static final int HEADER_END = HEADER - 1;
}
