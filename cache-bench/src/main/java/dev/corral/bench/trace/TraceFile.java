package dev.corral.bench.trace;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Reads a recorded sequence of keys. The file is text with a key a line, or big-endian 32-bit
 * integers, each plain or in gzip; which of them is seen from its first bytes.
 */
public final class TraceFile {
  private static final int PROBE = 4096;
  private static final int GZIP_MAGIC = 0x1f8b;

  private TraceFile() {}

  /**
   * Returns the first accesses.
   *
   * @throws IOException if the file cannot be read, or holds no access
   */
  public static Trace read(Path file, int limit) throws IOException {
    try (InputStream in = open(file)) {
      Trace trace = isText(peek(in)) ? readText(in, limit) : readIntegers(in, limit);
      if (trace.keys().isEmpty()) {
        throw new IOException("there is no access in it");
      }
      return trace;
    }
  }

  private static InputStream open(Path file) throws IOException {
    var in = new BufferedInputStream(Files.newInputStream(file));
    byte[] start = peek(in);
    boolean gzip = start.length >= 2 && ByteBuffer.wrap(start).getChar() == GZIP_MAGIC;
    return gzip ? new BufferedInputStream(new GZIPInputStream(in)) : in;
  }

  private static byte[] peek(InputStream in) throws IOException {
    in.mark(PROBE);
    byte[] start = in.readNBytes(PROBE);
    in.reset();
    return start;
  }

  /** Text has no control characters but tabs and ends of lines; 32-bit integers soon have some. */
  private static boolean isText(byte[] start) {
    for (byte b : start) {
      if (b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  private static Trace readText(InputStream in, int limit) throws IOException {
    var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines();
    return new Trace(lines.filter(line -> !line.isBlank()).limit(limit).toList(), false);
  }

  private static Trace readIntegers(InputStream in, int limit) throws IOException {
    var integers = new DataInputStream(in);
    List<String> keys = new ArrayList<>();
    try {
      while (keys.size() < limit) {
        keys.add(Integer.toUnsignedString(integers.readInt()));
      }
    } catch (EOFException e) {
      // All read; fewer than four bytes at the end are no access.
    }
    return new Trace(keys, true);
  }
}
