package dev.corral.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corral.codec.CodecException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/**
 * The bytes of an outcome, version 1:
 *
 * <pre>
 * 1 V  length(1) codec's name, value       a value
 * 1 F  length(2) type, length(2) message   a failure
 * </pre>
 *
 * <p>Version and kind are one byte each ({@code V} and {@code F} in ASCII), lengths are big-endian
 * and count the bytes of UTF-8.
 */
final class OutcomeFormat {

  static final int MAX_TYPE_BYTES = 256;
  static final int MAX_MESSAGE_BYTES = 1024;
  static final int MAX_NAME_BYTES = 255;

  private static final byte VERSION = 1;
  private static final byte VALUE = 'V';
  private static final byte FAILURE = 'F';

  private OutcomeFormat() {}

  /** What the bytes of an outcome say. */
  sealed interface Content {}

  /** A value, in the bytes of its codec. */
  static final class Value implements Content {
    final byte[] bytes;

    private Value(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  /** A failure. */
  record Failure(StoredFailure failure) implements Content {}

  static byte[] value(byte[] codecName, byte[] value) {
    return ByteBuffer.allocate(3 + codecName.length + value.length)
        .put(VERSION)
        .put(VALUE)
        .put((byte) codecName.length)
        .put(codecName)
        .put(value)
        .array();
  }

  static byte[] failure(StoredFailure failure) {
    byte[] type = cut(failure.type(), MAX_TYPE_BYTES);
    byte[] message = cut(failure.message(), MAX_MESSAGE_BYTES);
    return ByteBuffer.allocate(2 + 2 * Short.BYTES + type.length + message.length)
        .put(VERSION)
        .put(FAILURE)
        .putShort((short) type.length)
        .put(type)
        .putShort((short) message.length)
        .put(message)
        .array();
  }

  /**
   * Reads an outcome.
   *
   * @throws CodecException if the bytes are none, or were written by a codec of another name
   */
  static Content read(byte[] bytes, byte[] codecName) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      byte version = in.get();
      if (version != VERSION) {
        throw new CodecException("version " + version + " is not known");
      }
      byte kind = in.get();
      return switch (kind) {
        case VALUE -> readValue(in, codecName);
        case FAILURE -> readFailure(in);
        default -> throw new CodecException("kind " + kind + " is not known");
      };
    } catch (BufferUnderflowException e) {
      throw new CodecException("it is cut off", e);
    } catch (CharacterCodingException e) {
      throw new CodecException("a text in it is not UTF-8", e);
    }
  }

  private static Value readValue(ByteBuffer in, byte[] codecName) {
    byte[] name = bytes(in, Byte.toUnsignedInt(in.get()), MAX_NAME_BYTES);
    if (!Arrays.equals(name, codecName)) {
      throw new CodecException(
          "it was not written by a codec named " + new String(codecName, UTF_8));
    }
    return new Value(bytes(in, in.remaining(), Integer.MAX_VALUE));
  }

  private static Failure readFailure(ByteBuffer in) throws CharacterCodingException {
    String type = text(in, MAX_TYPE_BYTES);
    String message = text(in, MAX_MESSAGE_BYTES);
    if (in.hasRemaining()) {
      throw new CodecException("there is something behind it");
    }
    return new Failure(new StoredFailure(type, message));
  }

  private static String text(ByteBuffer in, int most) throws CharacterCodingException {
    byte[] text = bytes(in, Short.toUnsignedInt(in.getShort()), most);
    return UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
  }

  private static byte[] bytes(ByteBuffer in, int length, int most) {
    if (length > most || length > in.remaining()) {
      throw new CodecException("a length in it is wrong");
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  /** Returns the first bytes of a text, at most so many and none of half a code point. */
  private static byte[] cut(String text, int most) {
    // A character has at least one byte: the rest of a huge text need not be encoded.
    byte[] bytes = text.substring(0, Math.min(text.length(), most)).getBytes(UTF_8);
    int end = Math.min(bytes.length, most);
    while (end < bytes.length && (bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return Arrays.copyOf(bytes, end);
  }
}
