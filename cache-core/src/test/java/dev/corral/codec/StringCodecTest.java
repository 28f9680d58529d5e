package dev.corral.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StringCodecTest {

  private final StringCodec codec = StringCodec.utf8();

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "Zürich", "日本", "\uD83D\uDC0E", "a\uFFFDb", "\0"})
  void textComesBackFromItsUtf8(String text) {
    byte[] bytes = codec.encode(text);

    assertThat(bytes).isEqualTo(text.getBytes(UTF_8));
    assertThat(codec.decode(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uD83D", "\uDC0E", "\uDC0E\uD83D", "a\uD83Db", "\uD83D\uD83D\uDC0E"})
  void anUnpairedSurrogateIsRefused(String text) {
    assertThatThrownBy(() -> codec.encode(text))
        .isInstanceOf(CodecException.class)
        .hasMessage("A String with an unpaired surrogate has no UTF-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80", // continues nothing
        "c3", // ends too early
        "c0af", // a longer form than needed
        "eda0bd", // a surrogate
        "f4908080", // beyond the last code point
        "efbfbdff" // the replacement character, and then an error
      })
  void malformedBytesAreRefused(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);

    assertThatThrownBy(() -> codec.decode(bytes))
        .isInstanceOf(CodecException.class)
        .hasMessage("Not UTF-8 (" + bytes.length + " bytes)");
  }
}
