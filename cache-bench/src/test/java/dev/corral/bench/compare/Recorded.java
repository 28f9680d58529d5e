package dev.corral.bench.compare;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** Files in the form in which JMH 1.37 writes them. */
final class Recorded {
  private Recorded() {}

  static Path file(String name) {
    try {
      return Path.of(Objects.requireNonNull(Recorded.class.getResource(name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(name, e);
    }
  }
}
