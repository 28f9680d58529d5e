package dev.corral.servers.faults;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts a stream of RESP2 or RESP3 into its outermost values, in whatever pieces it arrives. A value
 * is kept until it is complete. Not thread-safe.
 *
 * <pre>
 * + - : _ # , (      end with their line
 * $ = !              bytes, of the length that the line says, and CR LF; none if it is -1
 * * ~ &gt;              as many values as the line says
 * %                  twice as many
 * |                  twice as many, and then the value that they are attributes of
 * </pre>
 *
 * <p>Any other beginning of an outermost value is a line of text: a command as a person types it.
 */
final class RespSplitter {

  private static final int FIRST_CAPACITY = 16 * 1024;

  private byte[] buffer = new byte[FIRST_CAPACITY];
  // The incomplete value is from start to end; up to scan it has been understood.
  private int start;
  private int scan;
  private int end;
  // How many values are still to come before the outermost one is complete; 0 between two of them.
  private long missing;

  /**
   * Takes the next bytes of the stream, and hands on each value that they complete.
   *
   * @throws IllegalArgumentException if this is not RESP; what was not handed on is the {@link
   *     #rest}
   */
  void feed(byte[] bytes, int length, Consumer<RespFrame> frames) {
    append(bytes, length);
    while (advance()) {
      if (missing == 0) {
        var frame = new RespFrame(Arrays.copyOfRange(buffer, start, scan));
        start = scan;
        frames.accept(frame);
      }
    }
  }

  /** Takes out the bytes that were fed and not handed on. */
  byte[] rest() {
    byte[] rest = Arrays.copyOfRange(buffer, start, end);
    start = 0;
    scan = 0;
    end = 0;
    missing = 0;
    return rest;
  }

  private void append(byte[] bytes, int length) {
    if (end + length > buffer.length) {
      int held = end - start;
      byte[] target =
          held + length <= buffer.length
              ? buffer
              : new byte[Math.max(2 * buffer.length, held + length)];
      System.arraycopy(buffer, start, target, 0, held);
      buffer = target;
      scan -= start;
      end = held;
      start = 0;
    }
    System.arraycopy(bytes, 0, buffer, end, length);
    end += length;
  }

  /** Goes past one header, and the bytes that belong to it; false if more have to come first. */
  private boolean advance() {
    int lineFeed = lineFeed();
    if (lineFeed < 0) {
      return false;
    }
    long open = missing == 0 ? 1 : missing;
    long next = lineFeed + 1L;
    switch (buffer[scan]) {
      case '+', '-', ':', '_', '#', ',', '(' -> open--;
      case '$', '=', '!' -> {
        long length = number(lineFeed);
        next += length < 0 ? 0 : length + 2;
        open--;
      }
      case '*', '~', '>' -> open += Math.max(0, number(lineFeed)) - 1;
      case '%' -> open += 2 * Math.max(0, number(lineFeed)) - 1;
      case '|' -> open += 2 * Math.max(0, number(lineFeed));
      default -> {
        if (missing > 0) {
          throw new IllegalArgumentException("Not a type of RESP: " + buffer[scan]);
        }
        open--;
      }
    }
    if (next > end) {
      return false;
    }
    scan = (int) next;
    missing = open;
    return true;
  }

  private int lineFeed() {
    for (int i = scan; i < end; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private long number(int lineFeed) {
    return RespNumber.parse(buffer, scan + 1, lineFeed - 1);
  }
}
