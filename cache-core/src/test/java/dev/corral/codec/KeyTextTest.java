package dev.corral.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {

  @ParameterizedTest
  @CsvSource({"k, 65535", "é, 32767", "日, 21845", "🐎, 16383"})
  void aTextMayHaveAsManyBytesAsTwoBytesCount(String letter, int most) {
    String longest = letter.repeat(most);

    assertThat(KeyText.check(longest)).isSameAs(longest);
    assertThatThrownBy(() -> KeyText.check(longest + letter))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The text of a key must have at most 65535 bytes in UTF-8: 655");
  }

  @Test
  void theEmptyTextIsAText() {
    assertThat(KeyText.check("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uD83D", "user:\uDC0E", "\uD83Dx"})
  void anUnpairedSurrogateIsRefused(String text) {
    assertThatThrownBy(() -> KeyText.check(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The text of a key must have no unpaired surrogate");
  }
}
