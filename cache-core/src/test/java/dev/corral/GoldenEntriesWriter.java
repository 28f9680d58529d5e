package dev.corral;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corral.codec.StringCodec;
import dev.corral.remote.TagMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Writes the golden files of the stored format: those that are missing, and never one that is
 * there. Not run with the tests, but by hand after a case was added:
 *
 * <pre>
 * mvn -pl cache-core -am test -Dtest=GoldenEntriesWriter -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
class GoldenEntriesWriter {

  private static final Path FOLDER = Path.of("src/test/resources/format");

  @Test
  void writesWhatIsMissing() throws IOException {
    byte[] json = "{\"id\":42}".getBytes(UTF_8);
    byte[] text = StringCodec.utf8().encode("Füchsin 🐎");

    write("v1-value", "42", "json", StoredEntry.value(300_000, 3_600_000, 12_345, json));
    write("v1-absent", "43", "json", StoredEntry.absent(2_000, 30_000, 800));
    write(
        "v1-long-key",
        "k0123456789".repeat(300).substring(0, 3_000),
        "json",
        StoredEntry.value(StoredEntry.MAX_MILLIS, StoredEntry.MAX_MILLIS, 0, json));
    write(
        "v1-non-ascii-key",
        "Zürich/東京/🐎",
        "utf-8",
        StoredEntry.value(60_000, 1, Long.MAX_VALUE, text));
    write(
        "v1-zero-stale",
        "user:7",
        "bytes",
        StoredEntry.value(1, 0, 1, new byte[] {0, 1, (byte) 0x80, (byte) 0xFF}));
    write(
        "v1-tagged",
        "42",
        "json",
        StoredEntry.value(300_000, 3_600_000, 12_345, json)
            .tagged(
                List.of(
                    new TagMark("customer:7", 2_251_799_813_685_248L),
                    new TagMark("Zürich/🐎", 0))));
    write("v1-empty-payload", "", "utf-8", StoredEntry.value(0, 5_000, 99, new byte[0]));
  }

  private static void write(String name, String key, String codec, StoredEntry entry)
      throws IOException {
    Path file = FOLDER.resolve(name + ".bin");
    if (Files.exists(file)) {
      return;
    }
    Files.createDirectories(FOLDER);
    Files.write(
        file,
        EntryFormat.encode(entry, key, EntryFormat.codecMark(codec)),
        StandardOpenOption.CREATE_NEW);
    Files.writeString(FOLDER.resolve(name + ".properties"), properties(key, codec, entry));
  }

  private static String properties(String key, String codec, StoredEntry entry) {
    Map<String, Object> says = new LinkedHashMap<>();
    says.put("key", key);
    says.put("codec", codec);
    says.put("absent", entry.isAbsent());
    says.put("freshMillis", entry.freshMillis());
    says.put("staleMillis", entry.staleMillis());
    says.put("costMicros", entry.costMicros());
    if (!entry.tags().isEmpty()) {
      says.put("tags", GoldenEntry.tags(entry.tags()));
    }
    says.put("payload", HexFormat.of().formatHex(entry.payload()));
    return says.entrySet().stream()
        .map(field -> field.getKey() + "=" + field.getValue() + "\n")
        .collect(Collectors.joining());
  }
}
