package dev.corral.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Pieces of the layouts that keys, frames and messages have in common. */
final class Bytes {

  /** The length of a seq, a floor, a stamp or a time in milliseconds. */
  static final int NUMBER = 16;

  private static final int ORDERED = 20;

  private Bytes() {}

  static byte[] concat(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] all = new byte[length];
    int end = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, end, part.length);
      end += part.length;
    }
    return all;
  }

  static byte[] from(byte[] bytes, int start) {
    return Arrays.copyOfRange(bytes, start, bytes.length);
  }

  static byte[] ascii(long number) {
    return Long.toString(number).getBytes(US_ASCII);
  }

  static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  /** Returns a number as 16 digits. By hand, since each look-up writes one. */
  static byte[] number(long number) {
    return number(number, NUMBER);
  }

  /** Returns a number as so many digits. */
  static byte[] number(long number, int length) {
    byte[] digits = new byte[length];
    long rest = number;
    for (int i = length - 1; i >= 0; i--) {
      digits[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return digits;
  }

  /** Returns any number as 20 digits whose order as texts is that of the numbers. */
  static byte[] ordered(long number) {
    String digits = Long.toUnsignedString(number + Long.MIN_VALUE);
    return ascii("0".repeat(ORDERED - digits.length()) + digits);
  }

  /** Reads a number of so many digits and nothing else; -1 if it is not there. */
  static long number(byte @Nullable [] bytes, int start, int digits) {
    if (bytes == null || start + digits > bytes.length) {
      return -1;
    }
    long number = 0;
    for (int i = start; i < start + digits; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
