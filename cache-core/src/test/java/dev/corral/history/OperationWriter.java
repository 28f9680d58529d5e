package dev.corral.history;

import java.io.DataOutput;
import java.io.IOException;

/** Writes operations one after the other, as {@link HistoryFile} says. */
final class OperationWriter {

  private final DataOutput out;
  private final TextTable words = new TextTable();
  private final TextTable texts = new TextTable();
  private long lastBegin;
  private long lastId;

  OperationWriter(DataOutput out) {
    this.out = out;
  }

  void write(Operation operation) throws IOException {
    // First of all: it may end on another thread just now, and then all of its end is to be seen.
    long end = operation.end();
    boolean ended = end != Operation.OPEN;
    words.write(out, operation.kind().name());
    words.write(out, (ended ? operation.outcome() : Outcome.OPEN).name());
    words.write(out, operation.source().name());
    texts.write(out, operation.node());
    Varint.write(out, operation.thread());
    texts.write(out, operation.key());
    Varint.write(out, operation.begin() - lastBegin);
    Varint.write(out, ended ? end - operation.begin() + 1 : 0);
    Varint.write(out, operation.version());
    Varint.write(out, operation.id() - lastId);
    texts.write(out, operation.failure());
    lastBegin = operation.begin();
    lastId = operation.id();
  }
}
