package dev.corral.history;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Histories as files, some 15 to 25 bytes an operation.
 *
 * <pre>
 * file      := "CORH" version:1 count operation*
 * operation := kind outcome source node thread key begin duration version id failure
 * </pre>
 *
 * Numbers are {@link Varint}s. Kind, outcome and source are numbers from one {@link TextTable},
 * node, key and failure from another; begin and id are the differences from the operation before;
 * duration is 0 for what has not ended, else one more than the nanoseconds.
 */
public final class HistoryFile {

  static final Comparator<Operation> BY_BEGIN =
      Comparator.comparingLong(Operation::begin).thenComparing(Operation::kind);

  private static final int MAGIC = 0x434F5248;
  private static final int VERSION = 1;

  private HistoryFile() {}

  /** Writes operations to a file, in place of what it held: all of them or nothing. */
  public static void write(Collection<Operation> operations, Path file) throws IOException {
    Path whole = file.resolveSibling(file.getFileName() + ".part");
    try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(whole)))) {
      out.writeInt(MAGIC);
      out.writeByte(VERSION);
      Varint.write(out, operations.size());
      OperationWriter writer = new OperationWriter(out);
      for (Operation operation : operations) {
        writer.write(operation);
      }
    }
    Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Reads the files of several processes of one host into one history, in the order of the begins.
   *
   * @throws IOException if one of them cannot be read, is cut off, or is no history
   */
  public static List<Operation> read(Collection<Path> files) throws IOException {
    List<Operation> all = new ArrayList<>();
    for (Path file : files) {
      readInto(all, file);
    }
    all.sort(BY_BEGIN);
    return all;
  }

  private static void readInto(List<Operation> all, Path file) throws IOException {
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      if (in.readInt() != MAGIC || in.readByte() != VERSION) {
        throw new IOException("No history of version " + VERSION + ": " + file);
      }
      OperationReader reader = new OperationReader(in);
      for (long left = Varint.read(in); left > 0; left--) {
        all.add(reader.read());
      }
    }
  }
}
