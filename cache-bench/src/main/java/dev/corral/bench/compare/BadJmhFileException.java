package dev.corral.bench.compare;

import java.nio.file.Path;

/** A file is not what JMH writes with {@code -rf json}; the message names file and rule. */
public final class BadJmhFileException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BadJmhFileException(Path file, String rule) {
    super(file + ": " + rule);
  }
}
