package dev.corral;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corral.remote.TagMark;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The bytes of an entry as some release wrote them, and what they say: a file {@code v1-*.bin} of
 * the folder {@code format} and the properties beside it. Both are read for ever, and never change.
 */
record GoldenEntry(String name, Bytes bytes, String key, String codec, StoredEntry entry) {

  /** A byte array; records must not hold one as it is. */
  static final class Bytes {

    private final byte[] array;

    Bytes(byte[] array) {
      this.array = array.clone();
    }

    byte[] toArray() {
      return array.clone();
    }
  }

  static List<GoldenEntry> readAll() {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .filter(file -> file.getFileName().toString().matches("v[0-9]+-.*\\.bin"))
          .sorted()
          .map(GoldenEntry::read)
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException("No golden files", e);
    }
  }

  private static Path folder() {
    try {
      URI format = Objects.requireNonNull(GoldenEntry.class.getResource("/format")).toURI();
      return Path.of(format);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static GoldenEntry read(Path file) {
    String name = file.getFileName().toString().replace(".bin", "");
    try (Reader sidecar =
        Files.newBufferedReader(file.resolveSibling(name + ".properties"), UTF_8)) {
      var says = new Properties();
      says.load(sidecar);
      return new GoldenEntry(
          name,
          new Bytes(Files.readAllBytes(file)),
          text(says, "key"),
          text(says, "codec"),
          entry(says));
    } catch (IOException e) {
      throw new IllegalStateException("No golden file with its properties: " + file, e);
    }
  }

  private static StoredEntry entry(Properties says) {
    long fresh = Long.parseLong(text(says, "freshMillis"));
    long stale = Long.parseLong(text(says, "staleMillis"));
    long cost = Long.parseLong(text(says, "costMicros"));
    byte[] payload = HexFormat.of().parseHex(text(says, "payload"));
    StoredEntry entry =
        Boolean.parseBoolean(text(says, "absent"))
            ? StoredEntry.absent(fresh, stale, cost)
            : StoredEntry.value(fresh, stale, cost, payload);
    return says.containsKey("tags") ? entry.tagged(marks(text(says, "tags"))) : entry;
  }

  /** Writes tags as text: the mark and the tag's bytes, {@code 7=6162 8=63}. */
  static String tags(List<TagMark> marks) {
    return marks.stream()
        .map(mark -> mark.seq() + "=" + HexFormat.of().formatHex(mark.tag().getBytes(UTF_8)))
        .collect(Collectors.joining(" "));
  }

  private static List<TagMark> marks(String text) {
    return Arrays.stream(text.split(" ", -1))
        .map(each -> each.split("=", -1))
        .map(
            parts ->
                new TagMark(
                    new String(HexFormat.of().parseHex(parts[1]), UTF_8), Long.parseLong(parts[0])))
        .toList();
  }

  private static String text(Properties says, String field) {
    return Objects.requireNonNull(says.getProperty(field), field);
  }

  int mark() {
    return EntryFormat.codecMark(codec);
  }

  @Override
  public String toString() {
    return name;
  }
}
