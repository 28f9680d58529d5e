package dev.corral.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.codec.KeyText;
import dev.corral.fuzz.Fuzz;
import dev.corral.remote.Id;
import dev.corral.remote.LoadOutcome;
import dev.corral.remote.RemoteRegion;
import dev.corral.remote.StoredValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What anybody who may publish can send to a node. */
class MessagesFuzzTest {

  /** The seqs of 256 partitions, a decoder, and an exception. */
  private static final int FIXED_BYTES = 16 * 1024;

  private static final String NOBODY = "0".repeat(16);
  private static final byte[] SEQ = Bytes.number(2_251_799_813_685_249L);

  /**
   * In proportion to what was received: a text is decoded (up to twice, if its buffer has to grow)
   * and encoded again for its partition, and once more for each check of this test.
   */
  private static long allowed(byte[] input) {
    return FIXED_BYTES + 32L * input.length;
  }

  @Test
  void anOutcomeIsIgnoredOrExactlyWhatWasSent() {
    Fuzz fuzz = Fuzz.of("outcome messages");

    Fuzz.Result result =
        fuzz.run(outcomes(), MessagesFuzzTest::allowed, MessagesFuzzTest::isOutcome);

    assertThat(result.accepted()).isBetween(result.inputs() / 1_000, result.inputs() * 3 / 4);
  }

  private static List<byte[]> outcomes() {
    List<byte[]> samples = new ArrayList<>(invalidations());
    for (String key : List.of("", "42", "日本", "k".repeat(300))) {
      for (char kind : "PDFLX".toCharArray()) {
        samples.add(outcome(kind, key, 0, new byte[0]));
        samples.add(outcome(kind, key, 300_000, "a value".repeat(10).getBytes(UTF_8)));
      }
    }
    return samples;
  }

  private static byte[] outcome(char kind, String key, long millis, byte[] body) {
    return Bytes.concat(
        Bytes.ascii("1" + kind),
        new Id(7, 8).toBytes(),
        SEQ,
        Bytes.number(millis),
        OutcomeMessage.address(Bytes.ascii("products"), key.getBytes(UTF_8)),
        body);
  }

  private static boolean isOutcome(byte[] input) {
    OutcomeMessage message = OutcomeMessage.read(input);
    if (message == null) {
      return false;
    }
    byte[] key = message.key().getBytes(UTF_8);
    if (key.length > KeyText.MAX_BYTES) {
      throw new AssertionError("a key that is none: " + key.length + " bytes");
    }
    byte[] body = bodyOf(message.outcome());
    byte[] tail = Bytes.concat(key, body);
    int from = input.length - tail.length;
    boolean looksAgain = message.outcome() instanceof LoadOutcome.LookAgain;
    if (!looksAgain
        && !Arrays.equals(input, Math.max(0, from), input.length, tail, 0, tail.length)) {
      throw new AssertionError("read as something else: " + message);
    }
    if (!Arrays.equals(message.outcome().token().toBytes(), Arrays.copyOfRange(input, 2, 18))) {
      throw new AssertionError("another token: " + message);
    }
    return true;
  }

  /** Returns what is carried, after doing with the times what a node does with them. */
  private static byte[] bodyOf(LoadOutcome outcome) {
    if (outcome instanceof LoadOutcome.Published published) {
      return checked(published.value());
    }
    if (outcome instanceof LoadOutcome.Delivered delivered) {
      return checked(delivered.value());
    }
    if (outcome instanceof LoadOutcome.Failed failed) {
      if (failed.left().toNanos() < 0) {
        throw new AssertionError("failed for " + failed.left());
      }
      return failed.failure().bytes();
    }
    return new byte[0];
  }

  private static byte[] checked(StoredValue value) {
    if (Math.multiplyExact(value.leftMillis(), 1_000_000L) < 0 || value.stamp() < 0) {
      throw new AssertionError("makes no sense: " + value);
    }
    return value.bytes();
  }

  @Test
  void anInvalidationIsIgnoredOrExactlyWhatWasSent() {
    Fuzz fuzz = Fuzz.of("invalidation messages");
    List<byte[]> samples = new ArrayList<>(invalidations());
    samples.add(outcome('L', "42", 0, new byte[0]));

    Fuzz.Result result =
        fuzz.run(samples, MessagesFuzzTest::allowed, MessagesFuzzTest::isInvalidation);

    assertThat(result.accepted()).isBetween(result.inputs() / 1_000, result.inputs() * 3 / 4);
  }

  private static List<byte[]> invalidations() {
    List<byte[]> samples = new ArrayList<>();
    for (String text : List.of("", "42", "日本", "t".repeat(300))) {
      int partition = RemoteRegion.partitionOf(text);
      byte[] bytes = text.getBytes(UTF_8);
      samples.add(Bytes.concat(InvalidationMessage.beginningFor(NOBODY, partition), SEQ, bytes));
      samples.add(Bytes.concat(InvalidationMessage.beginningForTag(NOBODY, partition), SEQ, bytes));
    }
    samples.add(InvalidationMessage.ofAll(NOBODY, List.of()));
    samples.add(
        InvalidationMessage.ofAll(NOBODY, Collections.nCopies(RemoteRegion.PARTITIONS, SEQ)));
    samples.add(
        InvalidationMessage.ofAll(NOBODY, Collections.nCopies(RemoteRegion.PARTITIONS + 1, SEQ)));
    return samples;
  }

  private static boolean isInvalidation(byte[] input) {
    InvalidationMessage message = InvalidationMessage.read(input);
    if (message instanceof InvalidationMessage.OfKey one) {
      return isText(input, one.key(), one.partition(), one.seq(), KeyText.MAX_BYTES);
    }
    if (message instanceof InvalidationMessage.OfTag one) {
      return isText(input, one.tag(), one.partition(), one.seq(), 256);
    }
    if (message instanceof InvalidationMessage.OfAll all) {
      if (all.seqs().length != RemoteRegion.PARTITIONS) {
        throw new AssertionError(all.seqs().length + " seqs");
      }
      return true;
    }
    return false;
  }

  private static boolean isText(byte[] input, String text, int partition, long seq, int longest) {
    byte[] bytes = text.getBytes(UTF_8);
    if (bytes.length > longest
        || seq < 0
        || partition != RemoteRegion.partitionOf(text)
        || !Arrays.equals(input, 36, input.length, bytes, 0, bytes.length)) {
      throw new AssertionError("read as something else: " + text);
    }
    return true;
  }
}
