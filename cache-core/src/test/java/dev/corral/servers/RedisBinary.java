package dev.corral.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/** The redis-server program inside the embedded-redis jar, unpacked once in this JVM. */
final class RedisBinary {
  private RedisBinary() {}

  static Path path() {
    return Unpacked.PATH;
  }

  private static final class Unpacked {
    static final Path PATH = unpack("/redis-server-7.0.15-" + platform());

    private static Path unpack(String entry) {
      try (InputStream binary = RedisBinary.class.getResourceAsStream(entry)) {
        if (binary == null) {
          throw new IllegalStateException("No " + entry + " on the class path");
        }
        Path file = Files.createTempFile("redis-server-", "");
        file.toFile().deleteOnExit();
        Files.copy(binary, file, StandardCopyOption.REPLACE_EXISTING);
        if (!file.toFile().setExecutable(true)) {
          throw new IllegalStateException("Cannot make " + file + " executable");
        }
        return file;
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot unpack " + entry, e);
      }
    }

    private static String platform() {
      String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
      String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
      return (os.startsWith("mac") ? "darwin" : os)
          + "-"
          + switch (arch) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            case "x86", "i386", "i686" -> "386";
            default -> arch;
          };
    }
  }
}
