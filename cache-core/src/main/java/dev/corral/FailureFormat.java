package dev.corral;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes by which a failed load is told to other nodes, version 1: the version, then the name of
 * the exception's class and its message, each as a length of two bytes and UTF-8. Long texts are
 * cut.
 */
final class FailureFormat {

  static final int MAX_TYPE_BYTES = 256;
  static final int MAX_MESSAGE_BYTES = 1024;

  private static final byte VERSION = 1;

  private FailureFormat() {}

  /** Returns the bytes of a failure. */
  static byte[] encode(Throwable failure) {
    byte[] type = cut(failure.getClass().getName(), MAX_TYPE_BYTES);
    byte[] message = cut(messageOf(failure), MAX_MESSAGE_BYTES);
    return ByteBuffer.allocate(1 + 2 * Short.BYTES + type.length + message.length)
        .put(VERSION)
        .putShort((short) type.length)
        .put(type)
        .putShort((short) message.length)
        .put(message)
        .array();
  }

  /** Returns the failure of some bytes, which may be anything. Never throws. */
  static FailureText decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      if (in.get() != VERSION) {
        return FailureText.UNREADABLE;
      }
      String type = read(in, MAX_TYPE_BYTES);
      String message = read(in, MAX_MESSAGE_BYTES);
      return type == null || message == null || in.hasRemaining()
          ? FailureText.UNREADABLE
          : new FailureText(type, message);
    } catch (BufferUnderflowException | CharacterCodingException e) {
      return FailureText.UNREADABLE;
    }
  }

  private static @Nullable String read(ByteBuffer in, int maxBytes)
      throws CharacterCodingException {
    int length = Short.toUnsignedInt(in.getShort());
    if (length > maxBytes || length > in.remaining()) {
      return null;
    }
    ByteBuffer text = in.slice(in.position(), length);
    in.position(in.position() + length);
    return UTF_8.newDecoder().decode(text).toString();
  }

  private static String messageOf(Throwable failure) {
    try {
      String message = failure.getMessage();
      return message == null ? "" : message;
    } catch (RuntimeException e) {
      return ""; // a message that cannot be made must not keep the failure from being told
    }
  }

  /** Returns the first bytes of a text in UTF-8, at most so many and none of half a code point. */
  private static byte[] cut(String text, int maxBytes) {
    byte[] bytes = firstChars(text, maxBytes).getBytes(UTF_8);
    if (bytes.length <= maxBytes) {
      return bytes;
    }
    int end = maxBytes;
    while (isContinuation(bytes[end])) {
      end--;
    }
    return Arrays.copyOf(bytes, end);
  }

  // A character has at least one byte: the rest of a huge text need not be encoded.
  private static String firstChars(String text, int count) {
    if (text.length() <= count) {
      return text;
    }
    boolean splitsPair = Character.isSurrogatePair(text.charAt(count - 1), text.charAt(count));
    return text.substring(0, splitsPair ? count - 1 : count);
  }

  private static boolean isContinuation(byte b) {
    return (b & 0xC0) == 0x80;
  }
}
