package dev.corral.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.corral.codec.CodecException;
import dev.corral.fuzz.Fuzz;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes of an outcome: where they stand, and what becomes of any others. */
class OutcomeFormatFuzzTest {

  private static final int FIXED_BYTES = 16 * 1024;
  private static final byte[] CODEC = "utf8".getBytes(UTF_8);

  private final Fuzz fuzz = Fuzz.of("outcomes");

  @Test
  void theBytesOfVersion1AreThese() {
    assertThat(hex(OutcomeFormat.value(CODEC, "ok".getBytes(UTF_8))))
        .isEqualTo("01" + "56" + "04" + "75746638" + "6f6b");
    assertThat(hex(OutcomeFormat.failure(new StoredFailure("E", "no"))))
        .isEqualTo("01" + "46" + "0001" + "45" + "0002" + "6e6f");
  }

  @Test
  void longTextsAreCutBetweenCharacters() {
    byte[] bytes = OutcomeFormat.failure(new StoredFailure("T".repeat(300), "é".repeat(800)));

    StoredFailure read = ((OutcomeFormat.Failure) OutcomeFormat.read(bytes, CODEC)).failure();

    assertThat(read).isEqualTo(new StoredFailure("T".repeat(256), "é".repeat(512)));
    byte[] odd = OutcomeFormat.failure(new StoredFailure("T", "x" + "é".repeat(800)));
    assertThat(((OutcomeFormat.Failure) OutcomeFormat.read(odd, CODEC)).failure().message())
        .isEqualTo("x" + "é".repeat(511));
  }

  @Test
  void anotherVersionKindOrCodecIsRefused() {
    byte[] value = OutcomeFormat.value(CODEC, new byte[3]);

    assertRefused(with(value, 0, 2), "version 2 is not known");
    assertRefused(with(value, 1, 'X'), "kind 88 is not known");
    assertRefused(with(value, 3, 'x'), "it was not written by a codec named utf8");
    assertRefused(Arrays.copyOf(value, 5), "a length in it is wrong");
    assertRefused(new byte[0], "it is cut off");
  }

  private static void assertRefused(byte[] bytes, String message) {
    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> OutcomeFormat.read(bytes, CODEC))
        .withMessage(message);
  }

  private static byte[] with(byte[] bytes, int at, int value) {
    byte[] changed = bytes.clone();
    changed[at] = (byte) value;
    return changed;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void whateverIsThereIsReadAsItIsWrittenOrRefused() {
    List<byte[]> samples =
        List.of(
            OutcomeFormat.value(CODEC, "a receipt".repeat(20).getBytes(UTF_8)),
            OutcomeFormat.value(CODEC, new byte[0]),
            OutcomeFormat.failure(StoredFailure.of(new IllegalStateException("no für 🐎"))),
            OutcomeFormat.failure(StoredFailure.of(new IllegalStateException())));

    Fuzz.Result result =
        fuzz.run(samples, input -> FIXED_BYTES + 4L * input.length, this::isReadable);

    assertThat(result.accepted()).isBetween(result.inputs() / 100, result.inputs() * 3 / 4);
  }

  private boolean isReadable(byte[] input) {
    OutcomeFormat.Content content;
    try {
      content = OutcomeFormat.read(input, CODEC);
    } catch (CodecException e) {
      return false;
    }
    byte[] again =
        content instanceof OutcomeFormat.Failure failure
            ? OutcomeFormat.failure(failure.failure())
            : OutcomeFormat.value(CODEC, ((OutcomeFormat.Value) content).bytes);
    if (!Arrays.equals(again, input)) {
      throw new AssertionError("reads as something else: " + content);
    }
    return true;
  }
}
