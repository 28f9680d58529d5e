package dev.corral.history;

import java.util.Locale;

/** Tells of operations and times so that a person can follow. Times count from an origin. */
record Words(long origin) {

  String of(Operation operation) {
    StringBuilder words = new StringBuilder(operation.kind().toString());
    if (operation.key() != null) {
      words.append(" of ").append(operation.key());
    }
    words.append(" on ").append(operation.node());
    if (!operation.kind().isState()) {
      words.append('/').append(operation.thread());
    }
    words.append(", ").append(when(operation));
    if (operation.hasEnded() && operation.outcome() != Outcome.DONE) {
      words.append(": ").append(operation.outcome());
    }
    if (operation.version() != Operation.NO_VERSION) {
      words.append(" version ").append(operation.version());
    }
    if (operation.id() != Operation.NO_ID) {
      words.append(" id ").append(operation.id());
    }
    if (operation.failure() != null) {
      words.append(' ').append(operation.failure());
    }
    if (operation.source() != Source.UNKNOWN) {
      words.append(" from ").append(operation.source());
    }
    return words.toString();
  }

  String at(long time) {
    return millis(time - origin);
  }

  static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.3f ms", nanos / 1e6);
  }

  private String when(Operation operation) {
    return operation.hasEnded()
        ? at(operation.begin()) + " to " + at(operation.end())
        : "since " + at(operation.begin());
  }
}
