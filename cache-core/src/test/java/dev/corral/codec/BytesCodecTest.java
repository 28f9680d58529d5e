package dev.corral.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BytesCodecTest {

  private final BytesCodec codec = BytesCodec.asIs();

  @Test
  void arraysAreHandedThroughWithoutACopy() {
    byte[] value = {1, 2, 3};

    assertThat(codec.encode(value)).isSameAs(value);
    assertThat(codec.decode(value)).isSameAs(value);
  }

  @Test
  void itsNameTellsItFromText() {
    assertThat(codec.name()).isEqualTo("bytes").isNotEqualTo(StringCodec.utf8().name());
  }
}
