package dev.corral.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyCodecTest {

  private record ProductId(int number) {}

  private final KeyCodec<ProductId> codec =
      KeyCodec.of(
          id -> Integer.toString(id.number()), text -> new ProductId(Integer.parseInt(text)));

  @Test
  void twoFunctionsMakeACodec() {
    assertThat(codec.encode(new ProductId(42))).isEqualTo("42");
    assertThat(codec.decode("42")).isEqualTo(new ProductId(42));
  }

  @Test
  void whatTheReadingFunctionThrowsIsTheCauseOfACodecException() {
    assertThatThrownBy(() -> codec.decode("forty-two"))
        .isInstanceOf(CodecException.class)
        .hasMessage("Not the text of a key (9 characters)")
        .hasCauseInstanceOf(NumberFormatException.class);
  }

  @Test
  void aCodecExceptionOfTheReadingFunctionIsKept() {
    var refusal = new CodecException("no such key");
    KeyCodec<String> refusing =
        KeyCodec.of(
            key -> key,
            text -> {
              throw refusal;
            });

    assertThatThrownBy(() -> refusing.decode("x")).isSameAs(refusal);
  }

  @Test
  void aNullOfTheReadingFunctionIsACodecException() {
    Map<String, String> known = Map.of("a", "A");
    KeyCodec<String> codec = KeyCodec.of(key -> key, known::get);

    assertThatThrownBy(() -> codec.decode("b")).isInstanceOf(CodecException.class);
  }
}
