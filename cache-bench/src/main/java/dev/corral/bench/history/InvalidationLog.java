package dev.corral.bench.history;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The file in which a node leaves its invalidations: a count, then the fields of each. */
public final class InvalidationLog {
  private InvalidationLog() {}

  public static void write(Path file, Collection<Invalidation> all) throws IOException {
    try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(all.size());
      for (Invalidation one : all) {
        out.writeInt(one.node());
        out.writeInt(one.key());
        out.writeLong(one.version());
        out.writeLong(one.committed());
        out.writeLong(one.returned());
        out.writeBoolean(one.ok());
      }
    }
  }

  public static List<Invalidation> read(Path file) throws IOException {
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      int count = in.readInt();
      List<Invalidation> all = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        all.add(
            new Invalidation(
                in.readInt(),
                in.readInt(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readBoolean()));
      }
      return all;
    }
  }
}
