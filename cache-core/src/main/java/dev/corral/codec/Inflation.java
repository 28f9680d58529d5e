package dev.corral.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates bytes that may be anything, into pieces that grow with what really comes out of them.
 */
final class Inflation {

  private static final int FIRST_PIECE = 4 * 1024;
  private static final int LARGEST_PIECE = 256 * 1024;

  private final Inflater inflater;
  private final int maximum;
  private final List<byte[]> full = new ArrayList<>();
  private int inFull;

  private Inflation(Inflater inflater, int maximum) {
    this.inflater = inflater;
    this.maximum = maximum;
  }

  /**
   * Returns what the bytes from an index on inflate to.
   *
   * @throws CodecException if they are not exactly one zlib stream, or one of more than so many
   *     bytes
   */
  static byte[] of(byte[] bytes, int from, int maximum) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(bytes, from, bytes.length - from);
      byte[] inflated = new Inflation(inflater, maximum).all();
      if (inflater.getRemaining() > 0) {
        throw new CodecException(inflater.getRemaining() + " bytes after the end of the stream");
      }
      return inflated;
    } catch (DataFormatException e) {
      throw new CodecException("Not a zlib stream", e);
    } finally {
      inflater.end();
    }
  }

  private byte[] all() throws DataFormatException {
    // One byte more than allowed, to tell the end of the stream from more of it.
    byte[] piece = new byte[(int) Math.min(FIRST_PIECE, maximum + 1L)];
    int filled = 0;
    while (!inflater.finished()) {
      if (filled == piece.length) {
        full.add(piece);
        inFull += filled;
        filled = 0;
        piece = new byte[(int) Math.min(grown(piece.length), maximum + 1L - inFull)];
      }
      int count = inflater.inflate(piece, filled, piece.length - filled);
      if (count == 0 && !inflater.finished()) {
        throw new CodecException(
            inflater.needsDictionary() ? "A dictionary is asked for" : "The stream is cut off");
      }
      filled += count;
      if (inFull + filled > maximum) {
        throw new CodecException("Inflates to more than " + maximum + " bytes");
      }
    }
    return joined(piece, filled);
  }

  private static long grown(int length) {
    return Math.min(2L * length, LARGEST_PIECE);
  }

  private byte[] joined(byte[] last, int filled) {
    if (full.isEmpty()) {
      return Arrays.copyOf(last, filled);
    }
    byte[] all = new byte[inFull + filled];
    int at = 0;
    for (byte[] piece : full) {
      System.arraycopy(piece, 0, all, at, piece.length);
      at += piece.length;
    }
    System.arraycopy(last, 0, all, at, filled);
    return all;
  }
}
