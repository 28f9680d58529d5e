package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The hex dump of docs/stored-format.md is a golden file, not a drawing. */
class StoredFormatPageTest {

  private static final Path PAGE = Path.of("../docs/stored-format.md");

  /** An offset of four digits, two blanks, up to eight bytes, and blanks before the words. */
  private static final Pattern DUMP_LINE =
      Pattern.compile("(?m)^([0-9a-f]{4})  ([0-9a-f]{2}(?: [0-9a-f]{2}){0,7}) {2,}\\S");

  @Test
  void theDumpOfThePageIsTheGoldenFileOfAValue() throws IOException {
    var dumped = new ByteArrayOutputStream();
    for (MatchResult line : DUMP_LINE.matcher(Files.readString(PAGE)).results().toList()) {
      assertThat(HexFormat.fromHexDigits(line.group(1))).isEqualTo(dumped.size());
      dumped.write(HexFormat.ofDelimiter(" ").parseHex(line.group(2)));
    }

    assertThat(dumped.toByteArray()).isEqualTo(golden().bytes().toArray());
  }

  private static GoldenEntry golden() {
    return GoldenEntry.readAll().stream()
        .filter(golden -> golden.name().equals("v1-value"))
        .findFirst()
        .orElseThrow();
  }
}
