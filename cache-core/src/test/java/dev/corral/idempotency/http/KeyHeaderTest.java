package dev.corral.idempotency.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a key, and which. */
class KeyHeaderTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "'\"a\"', a",
        "'a', a",
        "' \t\"a b\"\t ', a b",
        "'\"a, \\\"b\\\" \\\\c\"', 'a, \"b\" \\c'",
        "'urn:uuid:8e03978e-40d5-43e8-bc93-6894a57f9324', urn:uuid:8e03978e-40d5-43e8-bc93-6894a57f9324",
        "'YWJj/+==', YWJj/+==",
        "'\" \"', ' '",
      })
  void theseAreKeys(String line, String key) throws KeyHeader.MalformedException {
    assertThat(KeyHeader.read(List.of(line))).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\"\"",
        "\"",
        "\"a",
        "a\"",
        "\"a\"b",
        "\"a\";p=1",
        "\"a\\",
        "\"\\n\"",
        "\"é\"",
        "\"\t\"",
        "é",
        "a b",
        "a,b",
        "a;b",
        "(a)",
        ":YWJj:\u0000",
        "\"a\u007f\""
      })
  void theseAreNone(String line) {
    assertThatExceptionOfType(KeyHeader.MalformedException.class)
        .isThrownBy(() -> KeyHeader.read(List.of(line)));
  }

  @Test
  void aKeyHasUpTo255Characters() throws KeyHeader.MalformedException {
    String longest = "a".repeat(255);

    assertThat(KeyHeader.read(List.of(longest))).isEqualTo(longest);
    assertThat(KeyHeader.read(List.of('"' + longest + '"'))).isEqualTo(longest);
    assertThatExceptionOfType(KeyHeader.MalformedException.class)
        .isThrownBy(() -> KeyHeader.read(List.of(longest + "a")))
        .withMessage("An Idempotency-Key must have from 1 to 255 characters");
    assertThatExceptionOfType(KeyHeader.MalformedException.class)
        .isThrownBy(() -> KeyHeader.read(List.of('"' + longest + "a\"")));
  }

  @Test
  void thereIsOneLine() {
    assertThatExceptionOfType(KeyHeader.MalformedException.class)
        .isThrownBy(() -> KeyHeader.read(List.of("a", "a")))
        .withMessage("There must be one Idempotency-Key");
  }
}
