package dev.corral.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.corral.fuzz.Allocation;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeflateCodecTest {

  private static final int MIB = 1024 * 1024;

  private final DeflateCodec<byte[]> codec = DeflateCodec.of(BytesCodec.asIs());

  @Test
  void theNameTellsThatValuesAreWrapped() {
    assertThat(codec.name()).isEqualTo("bytes+deflate");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1023, 1024, 5_000, 100_000, 3_000_000})
  void whatIsWrittenIsRead(int length) {
    byte[] value = text(length);

    assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
  }

  @Test
  void smallValuesAreLeftAsTheyAre() {
    assertThat(codec.encode(text(1023))).hasSize(1024);
    assertThat(codec.encode(text(1024))).hasSizeLessThan(200);
    assertThat(codec.compressFrom(10).encode(text(1023))).hasSizeLessThan(200);
  }

  @Test
  void whatCompressionDoesNotMakeSmallerIsLeftAsItIs() {
    byte[] noise = noise(10_000);

    assertThat(codec.encode(noise)).hasSize(10_001);
    assertThat(codec.decode(codec.encode(noise))).isEqualTo(noise);
  }

  @Test
  void aValueAtTheLimitIsWrittenAndReadAndOneAboveIsNot() {
    DeflateCodec<byte[]> limited = codec.maximumBytes(100_000);

    assertThat(limited.decode(codec.encode(text(100_000)))).hasSize(100_000);
    assertThat(limited.encode(text(100_000))).isNotEmpty();
    assertRefused(limited, codec.encode(text(100_001)));
    assertRefused(limited, codec.encode(noise(100_001)));
    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> limited.encode(text(100_001)))
        .withMessageContaining("100001 bytes are more than maximumBytes 100000");
  }

  @Test
  void aBombIsRefusedAtAboutTheCostOfTheLimit() {
    byte[] bomb = deflated(new byte[256 * MIB]);
    assertThat(bomb).hasSizeLessThan(MIB);
    DeflateCodec<byte[]> limited = codec.maximumBytes(4 * MIB);

    long allocated = Allocation.of(() -> assertRefused(limited, bomb), 5 * MIB);

    assertThat(allocated).isLessThan(5 * MIB);
  }

  @Test
  void whatIsCutOffIsRefusedWhereverItIs() {
    byte[] whole = codec.encode(text(3_000));
    for (int length = 0; length < whole.length; length++) {
      assertRefused(codec, Arrays.copyOf(whole, length));
    }
  }

  @Test
  void whatFollowsTheEndIsRefused() {
    byte[] whole = codec.encode(text(3_000));

    assertRefused(codec, Arrays.copyOf(whole, whole.length + 1));
  }

  @Test
  void aWrongChecksumIsRefused() {
    byte[] bytes = codec.encode(text(3_000));
    bytes[bytes.length - 1] ^= 1;

    assertRefused(codec, bytes);
  }

  @Test
  void aStreamThatAsksForADictionaryIsRefused() {
    Deflater deflater = new Deflater();
    deflater.setDictionary(text(100));

    assertRefused(codec, deflated(text(3_000), deflater));
  }

  @Test
  void bytesOfAnotherKindAreRefused() {
    byte[] bytes = codec.encode(text(3_000));
    bytes[0] = 2;

    assertRefused(codec, bytes);
  }

  @Test
  void optionsThatMakeNoSenseAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codec.compressFrom(-1))
        .withMessage("compressFrom must be at least 0: -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codec.maximumBytes(0))
        .withMessage("maximumBytes must be from 1 to 2147483639: 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codec.maximumBytes(Integer.MAX_VALUE))
        .withMessageContaining("2147483647");
  }

  private static void assertRefused(DeflateCodec<byte[]> codec, byte[] bytes) {
    assertThatExceptionOfType(CodecException.class).isThrownBy(() -> codec.decode(bytes));
  }

  private static byte[] text(int length) {
    return "the same again, ".repeat(length / 16 + 1).substring(0, length).getBytes(UTF_8);
  }

  private static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new Random(42).nextBytes(noise);
    return noise;
  }

  private static byte[] deflated(byte[] plain) {
    return deflated(plain, new Deflater());
  }

  private static byte[] deflated(byte[] plain, Deflater deflater) {
    deflater.setInput(plain);
    deflater.finish();
    byte[] wrapped = new byte[1 + MIB];
    wrapped[0] = 1;
    int length = deflater.deflate(wrapped, 1, MIB);
    assertThat(deflater.finished()).isTrue();
    deflater.end();
    return Arrays.copyOf(wrapped, 1 + length);
  }
}
