package dev.corral.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.remote.Id;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a string says, and which strings say nothing. */
class FrameTest {

  private static final Id FILL = new Id(1, 2);
  private static final long STAMP = 1L << 51;
  private static final long NOW = 1_800_000_000_000L;
  private static final byte[] BODY = "body".getBytes(UTF_8);

  private static Frame read(byte[] bytes) {
    return Objects.requireNonNull(Frame.read(bytes));
  }

  private static byte[] valueWithEnd(String end) {
    return Bytes.concat(
        Frame.valuePrefix(FILL), Bytes.number(STAMP), Bytes.ascii(end), Bytes.ascii("body"));
  }

  private static Held heldAt(long end) {
    return Held.readAt(NOW, Frames.value(FILL, STAMP, end, BODY));
  }

  private static long left(Held held) {
    assertThat(held).isInstanceOf(Held.Framed.class);
    return ((Held.Framed) held).left();
  }

  @Test
  void aValueHasFillStampEndAndBody() {
    Frame frame = read(Frames.value(FILL, STAMP, NOW, BODY));

    assertThat(frame.isValue()).isTrue();
    assertThat(frame.id()).isEqualTo(FILL);
    assertThat(frame.number()).isEqualTo(STAMP);
    assertThat(frame.end()).isEqualTo(NOW);
    assertThat(frame.body()).isEqualTo(BODY);
  }

  @Test
  void aValueMayHaveAnEmptyBodyButNoShorterHeader() {
    byte[] empty = Frames.value(FILL, STAMP, NOW, new byte[0]);

    assertThat(empty).hasSize(49).hasSize(Frame.HEADER_END + 1);
    assertThat(read(empty).body()).isEmpty();
    for (int length = 0; length < empty.length; length++) {
      assertThat(Frame.read(Arrays.copyOf(empty, length))).isNull();
    }
  }

  @Test
  void anEndThatIsNotSixteenDigitsIsNoValue() {
    for (String end :
        List.of(
            "180000000000000x",
            "-000001800000000",
            "+000001800000000",
            " 000001800000000",
            "1.80000000000000",
            "1800000000000e03",
            "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
            "////////////////",
            "::::::::::::::::")) {
      assertThat(Frame.read(valueWithEnd(end))).as(end).isNull();
      assertThat(Held.readAt(NOW, valueWithEnd(end))).as(end).isInstanceOf(Held.Foreign.class);
    }
  }

  @Test
  void aLeaseAndAFailureHaveNoEnd() {
    byte[] waiters = Bytes.ascii("a waiter");
    byte[] lease = Bytes.concat(Frame.lease(FILL, STAMP), waiters);
    byte[] failure = Bytes.concat(Bytes.ascii("E"), FILL.toBytes(), BODY);

    assertThat(read(lease).body()).isEqualTo(waiters);
    assertThat(read(Frame.lease(FILL, STAMP)).body()).isEmpty();
    assertThat(read(failure).body()).isEqualTo(BODY);
    assertThat(left(Held.readAt(NOW, lease))).isEqualTo(Held.UNKNOWN);
    assertThat(left(Held.readAt(NOW, failure))).isEqualTo(Held.UNKNOWN);
  }

  @Test
  void whatIsLeftOfAValueIsTheTimeToItsEnd() {
    assertThat(left(heldAt(NOW + 300_000))).isEqualTo(300_000);
    assertThat(left(heldAt(NOW + Held.LONGEST_MILLIS))).isEqualTo(Held.LONGEST_MILLIS);
    assertThat(left(heldAt(NOW))).isZero();
  }

  @Test
  void nothingIsLeftOfAValueWhoseEndHasPassed() {
    assertThat(left(heldAt(NOW - 1))).isZero();
    assertThat(left(heldAt(NOW + Held.UNKNOWN))).isZero();
    assertThat(left(heldAt(0))).isZero();
  }

  @Test
  void aValueThatWouldLiveForAgesIsForeign() {
    assertThat(heldAt(NOW + Held.LONGEST_MILLIS + 1)).isInstanceOf(Held.Foreign.class);
    assertThat(heldAt(9_999_999_999_999_999L)).isInstanceOf(Held.Foreign.class);
  }

  @Test
  void nothingIsReadAsNothing() {
    assertThat(Held.readAt(NOW, null)).isInstanceOf(Held.Nothing.class);
  }

  // Were the end part of it, a value that got another life between the look and the script would be
  // taken for another one.
  @Test
  void aValueWithAnotherLifeBeginsLikeTheSameValue() {
    assertThat(read(Frames.value(FILL, STAMP, NOW + 1, BODY)).beginning())
        .isEqualTo(read(Frames.value(FILL, STAMP, NOW, BODY)).beginning())
        .hasSize(Frame.BEGINNING_END + 1);
  }
}
