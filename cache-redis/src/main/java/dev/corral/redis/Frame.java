package dev.corral.redis;

import dev.corral.remote.Id;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a string in Redis says, be it an entry or a refresh right:
 *
 * <pre>
 * L token(16) floor(16 digits) waiter(8)*   a lease, and the ids of the nodes that wait for it
 * V fill(16)  stamp(16 digits) body         a value
 * E token(16) body                          a failure
 * </pre>
 *
 * <p>The floor in a lease is the partition's floor as its holder knew it when it asked. A lease
 * whose floor is not the present one was granted before a clear, and is void; a holder that knew an
 * outdated one confirms its lease before it uses it.
 */
final class Frame {

  /** The tag and the id: what a step compares. */
  static final int PREFIX = 1 + Id.BYTES;

  private static final int HEADER = PREFIX + Bytes.NUMBER;

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
      case 'L', 'V' -> Bytes.number(bytes, PREFIX, Bytes.NUMBER) < 0 ? null : new Frame(bytes);
      case 'E' -> new Frame(bytes);
      default -> null;
    };
  }

  static byte[] lease(Id token, long floor) {
    return Bytes.concat(leasePrefix(token), Bytes.number(floor));
  }

  static byte[] value(Id fill, long stamp, byte[] body) {
    return Bytes.concat(valuePrefix(fill), Bytes.number(stamp), body);
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

  /** Returns the bytes of the value or of the failure. */
  byte[] body() {
    return Bytes.from(bytes, isFailure() ? PREFIX : HEADER);
  }

  /** Returns what tells this string from another that might follow it. */
  byte[] beginning() {
    return beginningOf(bytes);
  }

  /**
   * Returns as much of any string as tells it from another that might follow it: a lease gets
   * another floor when it is confirmed, but keeps its token.
   */
  static byte[] beginningOf(byte[] bytes) {
    return Arrays.copyOf(bytes, Math.min(bytes.length, HEADER));
  }

  /** The index of the last byte of such a beginning. */
  static final int BEGINNING_END = HEADER - 1;
}
