package dev.corral.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.fuzz.Fuzz;
import dev.corral.remote.Id;
import dev.corral.remote.TagMark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What anybody who may write can put at the keys of an entry, a right and a partition. */
class RepliesFuzzTest {

  /** A few small objects. */
  private static final int FIXED_BYTES = 2 * 1024;

  private static final long[] LIVES = {
    Held.UNKNOWN, Held.ENDLESS, 0, 1, 300_000, Held.LONGEST_MILLIS + 1, Long.MAX_VALUE
  };

  /** A time of the server's clock. */
  private static final long NOW = 1_800_000_000_000L;

  private final RedisKeys keys = new RedisKeys("test", "products");

  private static long allowed(byte[] input) {
    return FIXED_BYTES + 4L * input.length;
  }

  @Test
  void anyStringIsForeignOrAFrameWithALife() {
    Fuzz fuzz = Fuzz.of("frames");
    byte[] body = "a value".repeat(10).getBytes(UTF_8);
    List<byte[]> samples =
        List.of(
            Frames.value(new Id(1, 2), 1L << 51, NOW + 300_000, body),
            Frames.value(new Id(1, 2), 1L << 51, NOW + 2 * Held.LONGEST_MILLIS, body),
            Frames.value(new Id(1, 2), 0, 0, new byte[0]),
            Frame.lease(new Id(3, 4), 1L << 51),
            Bytes.concat(Frame.lease(new Id(3, 4), 1L << 51), new byte[800]),
            Bytes.concat(Bytes.ascii("E"), new Id(5, 6).toBytes(), body),
            new byte[0],
            new byte[3_000]);
    long[] left = new long[1];

    Fuzz.Result result =
        fuzz.run(
            () -> {
              left[0] = LIVES[fuzz.random().nextInt(LIVES.length)];
              return fuzz.mutant(samples);
            },
            RepliesFuzzTest::allowed,
            input -> isFrame(input, left[0]));

    assertThat(result.accepted()).isBetween(result.inputs() / 1_000, result.inputs() * 3 / 4);
  }

  private boolean isFrame(byte[] input, long left) {
    Held held = Held.read(left, input);
    var recheck = new Recheck(keys.of("42"), 1L << 51);
    byte[] seq = Bytes.number(1L << 51);
    byte[] window = Bytes.concat(seq, seq, Bytes.number(0));
    byte[] header = Arrays.copyOf(input, Math.min(input.length, Frame.HEADER_END + 1));
    recheck.left(List.of(left, header, window));
    assertLifeOfABatch(input);
    if (!(held instanceof Held.Framed framed)) {
      return false;
    }
    if (framed.left() == Held.ENDLESS || framed.left() > Held.LONGEST_MILLIS) {
      throw new AssertionError("lives for ages: " + framed.left());
    }
    Frame frame = framed.frame();
    if (!Arrays.equals(frame.id().toBytes(), Arrays.copyOfRange(input, 1, 17))) {
      throw new AssertionError("another id");
    }
    if (!frame.isFailure() && frame.number() < 0) {
      throw new AssertionError("no number: " + frame.number());
    }
    byte[] body = frame.body();
    if (!Arrays.equals(body, 0, body.length, input, input.length - body.length, input.length)) {
      throw new AssertionError("another body");
    }
    return true;
  }

  private static void assertLifeOfABatch(byte[] input) {
    if (Held.readAt(NOW, input) instanceof Held.Framed framed) {
      boolean known = framed.left() >= 0 && framed.left() <= Held.LONGEST_MILLIS;
      if (framed.frame().isValue() ? !known : framed.left() != Held.UNKNOWN) {
        throw new AssertionError("lives for " + framed.left());
      }
    }
  }

  @Test
  void anyRepliesSayThatATagHoldsOnlyWithinAWindow() {
    Fuzz fuzz = Fuzz.of("partitions");
    byte[] seq = Bytes.number((1L << 51) + 9);
    byte[] floor = Bytes.number(1L << 51);
    byte[] never = Bytes.number(0);
    List<byte[]> windows =
        List.of(Bytes.concat(seq, floor, never), Bytes.concat(seq, floor, floor), new byte[0]);
    List<byte[]> numbers = List.of(floor, seq, never, new byte[0]);
    List<byte @Nullable []> fields = new ArrayList<>();
    TagQuestion question = new TagQuestion(new TagMark("a", (1L << 51) + 3), keys);

    Fuzz.Result result =
        fuzz.run(
            () -> {
              fields.clear();
              for (int left = fuzz.random().nextInt(4); left > 0; left--) {
                fields.add(
                    switch (fuzz.random().nextInt(4)) {
                      case 0 -> null;
                      case 1 -> fuzz.mutant(numbers);
                      default -> fuzz.any(numbers);
                    });
              }
              return fuzz.random().nextInt(4) == 0 ? fuzz.mutant(windows) : fuzz.any(windows);
            },
            input -> FIXED_BYTES,
            input -> isWindow(question, input, fields));

    assertThat(result.accepted()).isBetween(result.inputs() / 1_000, result.inputs() * 3 / 4);
  }

  private static boolean isWindow(
      TagQuestion question, byte[] input, List<byte @Nullable []> fields) {
    boolean holds = question.holds(List.of(input, fields));
    Window window = Window.read(input);
    if (Window.seq(input) < 0) {
      throw new AssertionError("a seq below none");
    }
    if (holds && (window == null || !window.holds((1L << 51) + 3))) {
      throw new AssertionError("holds without a window that does: " + window);
    }
    if (holds
        && Objects.requireNonNull(window).since() != 0
        && (fields.size() != 2 || Window.number(fields.get(0)) != window.since())) {
      throw new AssertionError("holds by the tags of another history: " + window);
    }
    return window != null;
  }
}
