package dev.corral;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureFormatTest {

  private static FailureText there(Throwable failure) {
    return FailureFormat.decode(FailureFormat.encode(failure));
  }

  @Test
  void aFailureIsToldByTypeAndMessage() {
    assertThat(there(new IllegalStateException("no row für 🐎")))
        .isEqualTo(new FailureText("java.lang.IllegalStateException", "no row für 🐎"));
  }

  @Test
  void theBytesOfVersionOneStayAsTheyAre() {
    byte[] bytes =
        HexFormat.ofDelimiter(" ")
            .parseHex("01 00 0f 6a 61 76 61 2e 6c 61 6e 67 2e 45 72 72 6f 72 00 02 6e 6f");

    assertThat(FailureFormat.encode(new Error("no"))).isEqualTo(bytes);
    assertThat(FailureFormat.decode(bytes)).isEqualTo(new FailureText("java.lang.Error", "no"));
  }

  @Test
  void aFailureWithoutAMessageHasAnEmptyOne() {
    assertThat(there(new RuntimeException()).message()).isEmpty();
  }

  @Test
  void aFailureWhoseMessageCannotBeMadeIsToldAllTheSame() {
    class Odd extends RuntimeException {
      private static final long serialVersionUID = 1L;

      @Override
      public @Nullable String getMessage() {
        throw new UnsupportedOperationException();
      }
    }

    assertThat(there(new Odd())).isEqualTo(new FailureText(Odd.class.getName(), ""));
  }

  @ParameterizedTest
  @CsvSource({"x, 0, 1024", "é, 0, 512", "日, 0, 341", "🐎, 0, 256", "🐎, 1, 255", "🐎, 3, 255"})
  void aLongMessageIsCutBetweenTwoCharacters(String letter, int before, int kept) {
    String start = "-".repeat(before);

    String message = there(new RuntimeException(start + letter.repeat(5_000))).message();

    assertThat(message).isEqualTo(start + letter.repeat(kept));
    assertThat(message.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(1_024);
  }

  @Test
  void anUnpairedSurrogateInAMessageBecomesAQuestionMark() {
    assertThat(there(new RuntimeException("a\uD83Db")).message()).isEqualTo("a?b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "01", // only a version
        "0200016100016d", // another version
        "0100016100016d00", // a byte too many
        "0100016100026d", // a message shorter than it says
        "01ffff6100016d", // a type shorter than it says
        "010001ff00016d", // not UTF-8
        "0100016100" // half a length
      })
  void garbageIsToldInGeneralWords(String hex) {
    assertThat(FailureFormat.decode(HexFormat.of().parseHex(hex)))
        .isEqualTo(FailureText.UNREADABLE);
  }

  @Test
  void textsLongerThanAnyNodeWritesAreGarbage() {
    byte[] longType = new byte[5 + 257];
    longType[0] = 1;
    longType[1] = 1;
    longType[2] = 1;

    assertThat(FailureFormat.decode(longType)).isEqualTo(FailureText.UNREADABLE);
  }

  @Test
  void everyTruncationIsGarbage() {
    byte[] bytes = FailureFormat.encode(new IllegalStateException("no row"));
    for (int length = 0; length < bytes.length; length++) {
      assertThat(FailureFormat.decode(Arrays.copyOf(bytes, length)))
          .isEqualTo(FailureText.UNREADABLE);
    }
  }

  @Test
  void mutatedBytesNeverThrow() {
    long seed = Seed.ofThisRun();
    var random = new Random(seed);
    byte[] bytes = FailureFormat.encode(new IllegalStateException("no row für 🐎"));
    for (int i = 0; i < 200_000; i++) {
      byte[] mutant = Arrays.copyOf(bytes, random.nextInt(bytes.length + 10));
      for (int left = random.nextInt(4); left > 0 && mutant.length > 0; left--) {
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
      }
      try {
        FailureText read = FailureFormat.decode(mutant);
        if (read.type().length() + read.message().length() > 256 + 1_024) {
          throw new AssertionError("too long: " + read);
        }
      } catch (RuntimeException | Error e) {
        throw new AssertionError("input " + i + " with -Dcorral.seed=" + seed, e);
      }
    }
  }
}
