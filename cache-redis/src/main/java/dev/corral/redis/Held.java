package dev.corral.redis;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/** What a key of Redis was found to hold. */
sealed interface Held {

  /** Nothing; when a lease was asked for, it is there now. */
  record Nothing() implements Held {}

  /** The server takes no writes, so that SET did not even read. */
  record WriteRefused() implements Held {}

  /**
   * A lease, a value or a failure.
   *
   * @param left what was left of its life just before it was read; {@link #UNKNOWN} if nothing was
   *     there then, or if nobody asked
   */
  record Framed(Frame frame, long left) implements Held {
    Beginning beginning() {
      return new Beginning(frame.beginning());
    }
  }

  /** Something that no step of ours has written, or that would hardly ever expire. */
  record Foreign(Beginning beginning) implements Held {}

  /** Its life is not known: nothing was there just before it was read, or only it was read. */
  long UNKNOWN = -2;

  /** What Redis says of a key without expiry. */
  long ENDLESS = -1;

  /**
   * What is left of a life at most, in milliseconds: 3650 days fresh, and as many stale. Others may
   * have put any number there, such as one that overflows in nanoseconds.
   */
  long LONGEST_MILLIS = 2 * Duration.ofDays(3650).toMillis();

  /** Makes sense of the replies to PTTL and to SET or GET, which may be errors. */
  static Held read(@Nullable Object pttl, @Nullable Object value) {
    if (pttl instanceof JedisDataException e) {
      throw e;
    }
    if (value instanceof JedisDataException e) {
      if (Refusals.isWriteRefused(e)) {
        return new WriteRefused();
      }
      if (Refusals.isWrongType(e)) {
        return new Foreign(new Beginning(new byte[0]));
      }
      throw e;
    }
    if (value == null) {
      return new Nothing();
    }
    byte[] bytes = (byte[]) value;
    long left = (Long) Objects.requireNonNull(pttl);
    Frame frame = Frame.read(bytes);
    return frame == null || left == ENDLESS || left > LONGEST_MILLIS
        ? foreign(bytes)
        : new Framed(frame, left);
  }

  /**
   * Makes sense of a string that was read without its PTTL: the life of a value is what it says
   * itself.
   *
   * @param now the time of the server's clock just before it was read
   */
  static Held readAt(long now, @Nullable Object value) {
    if (value == null) {
      return new Nothing();
    }
    byte[] bytes = (byte[]) value;
    Frame frame = Frame.read(bytes);
    if (frame == null) {
      return foreign(bytes);
    }
    if (!frame.isValue()) {
      return new Framed(frame, UNKNOWN);
    }
    long left = frame.end() - now;
    return left > LONGEST_MILLIS ? foreign(bytes) : new Framed(frame, Math.max(0, left));
  }

  private static Held foreign(byte[] bytes) {
    return new Foreign(new Beginning(Frame.beginningOf(bytes)));
  }

  /** The first bytes of what was found, to tell it from what may have followed it. */
  final class Beginning {
    private final byte[] bytes;

    Beginning(byte[] bytes) {
      this.bytes = bytes;
    }

    byte[] bytes() {
      return bytes;
    }
  }
}
