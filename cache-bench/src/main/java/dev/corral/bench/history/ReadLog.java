package dev.corral.bench.history;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The reads of one process: a place for each get of its schedule, so that no get waits for another
 * to be noted, and none is left out. Each place is written once, by the thread that makes the get.
 */
public final class ReadLog {
  private static final int NO_KEY = -1;

  private final int[] key;
  private final long[] version;
  private final long[] begin;
  private final long[] loadedAt;

  public ReadLog(int gets) {
    key = new int[gets];
    version = new long[gets];
    begin = new long[gets];
    loadedAt = new long[gets];
    Arrays.fill(key, NO_KEY);
  }

  public void note(int get, int keyNumber, long versionRead, long began, long loaded) {
    key[get] = keyNumber;
    version[get] = versionRead;
    begin[get] = began;
    loadedAt[get] = loaded;
  }

  /** Writes a count, then the fields of each read; gets that brought no value are none. */
  public void write(Path file) throws IOException {
    try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt((int) Arrays.stream(key).filter(number -> number != NO_KEY).count());
      for (int i = 0; i < key.length; i++) {
        if (key[i] != NO_KEY) {
          out.writeInt(key[i]);
          out.writeLong(version[i]);
          out.writeLong(begin[i]);
          out.writeLong(loadedAt[i]);
        }
      }
    }
  }

  public static List<Read> read(Path file, int node) throws IOException {
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      int count = in.readInt();
      List<Read> reads = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        reads.add(new Read(node, in.readInt(), in.readLong(), in.readLong(), in.readLong()));
      }
      return reads;
    }
  }
}
