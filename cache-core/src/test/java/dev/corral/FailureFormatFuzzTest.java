package dev.corral;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.fuzz.Fuzz;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes behind a back-off mark, and in the message of a failure. */
class FailureFormatFuzzTest {

  /** Two decoders, their buffers and an exception. */
  private static final int FIXED_BYTES = 16 * 1024;

  private final Fuzz fuzz = Fuzz.of("failures");

  @Test
  void whateverIsThereIsAFailureInItsOwnOrInGeneralWords() {
    List<byte[]> samples =
        List.of(
            FailureFormat.encode(new IllegalStateException("origin away")),
            FailureFormat.encode(new IllegalStateException()),
            FailureFormat.encode(new Error("no row für 🐎".repeat(200))),
            new byte[0],
            new byte[3_000]);

    Fuzz.Result result =
        fuzz.run(samples, input -> FIXED_BYTES + 2L * input.length, this::isReadable);

    assertThat(result.accepted()).isBetween(result.inputs() / 1_000, result.inputs() * 3 / 4);
  }

  private boolean isReadable(byte[] input) {
    FailureText text = FailureFormat.decode(input);
    if (text.equals(FailureText.UNREADABLE)) {
      return false;
    }
    int type = text.type().getBytes(UTF_8).length;
    int message = text.message().getBytes(UTF_8).length;
    if (type > FailureFormat.MAX_TYPE_BYTES || message > FailureFormat.MAX_MESSAGE_BYTES) {
      throw new AssertionError("too long: " + type + " and " + message);
    }
    if (5 + type + message != input.length) {
      throw new AssertionError("reads as something else: " + text);
    }
    return true;
  }
}
