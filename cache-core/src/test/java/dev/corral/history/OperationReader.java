package dev.corral.history;

import java.io.DataInput;
import java.io.IOException;

/** Reads what an {@link OperationWriter} wrote. */
final class OperationReader {

  private final DataInput in;
  private final TextTable words = new TextTable();
  private final TextTable texts = new TextTable();
  private long lastBegin;
  private long lastId;

  OperationReader(DataInput in) {
    this.in = in;
  }

  Operation read() throws IOException {
    Kind kind = word(Kind.class);
    Outcome outcome = word(Outcome.class);
    Source source = word(Source.class);
    String node = texts.read(in);
    if (node == null) {
      throw new IOException("An operation without a node");
    }
    long thread = Varint.read(in);
    String key = texts.read(in);
    lastBegin += Varint.read(in);
    long duration = Varint.read(in);
    long version = Varint.read(in);
    lastId += Varint.read(in);
    Operation operation =
        new Operation(kind, node, thread, key, lastBegin)
            .from(source)
            .carrying(version, lastId)
            .failingWith(texts.read(in));
    if (duration > 0) {
      operation.endAt(lastBegin + duration - 1, outcome);
    }
    return operation;
  }

  private <E extends Enum<E>> E word(Class<E> type) throws IOException {
    String word = words.read(in);
    try {
      return Enum.valueOf(type, String.valueOf(word));
    } catch (IllegalArgumentException e) {
      throw new IOException("An unknown " + type.getSimpleName() + ": " + word, e);
    }
  }
}
