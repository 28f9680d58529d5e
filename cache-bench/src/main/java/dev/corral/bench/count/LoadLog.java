package dev.corral.bench.count;

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

/** The file in which a node leaves its load events: a count, then the fields of each event. */
public final class LoadLog {
  private LoadLog() {}

  public static void write(Path file, Collection<LoadEvent> events) throws IOException {
    try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(events.size());
      for (LoadEvent event : events) {
        out.writeInt(event.node());
        out.writeLong(event.thread());
        out.writeInt(event.key());
        out.writeLong(event.begin());
        out.writeLong(event.end());
        out.writeBoolean(event.ok());
      }
    }
  }

  public static List<LoadEvent> read(Path file) throws IOException {
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      int count = in.readInt();
      List<LoadEvent> events = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        events.add(
            new LoadEvent(
                in.readInt(),
                in.readLong(),
                in.readInt(),
                in.readLong(),
                in.readLong(),
                in.readBoolean()));
      }
      return events;
    }
  }
}
