package dev.corral.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.codec.KeyText;
import dev.corral.remote.Id;
import dev.corral.remote.RemoteRegion;
import org.junit.jupiter.api.Test;

/** What messages may say at most. */
class MessageLimitsTest {

  private static final String LONGEST_KEY = "k".repeat(KeyText.MAX_BYTES);
  private static final String LONGEST_TAG = "t".repeat(256);
  private static final byte[] SEQ = Bytes.number(2_251_799_813_685_249L);

  private static byte[] ofKey(String key) {
    byte[] beginning =
        InvalidationMessage.beginningFor("0".repeat(16), RemoteRegion.partitionOf(key));
    return Bytes.concat(beginning, SEQ, key.getBytes(UTF_8));
  }

  private static byte[] ofTag(String tag) {
    byte[] beginning =
        InvalidationMessage.beginningForTag("0".repeat(16), RemoteRegion.partitionOf(tag));
    return Bytes.concat(beginning, SEQ, tag.getBytes(UTF_8));
  }

  private static byte[] outcome(String key, long millis) {
    return Bytes.concat(
        Bytes.ascii("1F"),
        new Id(7, 8).toBytes(),
        SEQ,
        Bytes.number(millis),
        OutcomeMessage.address(Bytes.ascii("products"), key.getBytes(UTF_8)));
  }

  @Test
  void aKeyOfMoreBytesThanAKeyMayHaveIsIgnored() {
    assertThat(InvalidationMessage.read(ofKey(LONGEST_KEY))).isNotNull();
    assertThat(InvalidationMessage.read(ofKey(LONGEST_KEY + "k"))).isNull();
    assertThat(OutcomeMessage.read(outcome(LONGEST_KEY, 1))).isNotNull();
    assertThat(OutcomeMessage.read(outcome(LONGEST_KEY + "k", 1))).isNull();
  }

  @Test
  void aTagOfMoreBytesThanATagMayHaveIsIgnored() {
    assertThat(InvalidationMessage.read(ofTag(LONGEST_TAG))).isNotNull();
    assertThat(InvalidationMessage.read(ofTag(LONGEST_TAG + "t"))).isNull();
    assertThat(InvalidationMessage.read(ofTag("t"))).isNotNull();
    assertThat(InvalidationMessage.read(ofTag(""))).isNull();
  }

  @Test
  void aTimeThatNoLifeHasIsIgnored() {
    assertThat(OutcomeMessage.read(outcome("42", Held.LONGEST_MILLIS))).isNotNull();
    assertThat(OutcomeMessage.read(outcome("42", Held.LONGEST_MILLIS + 1))).isNull();
    assertThat(OutcomeMessage.read(outcome("42", 9_999_999_999_999_999L))).isNull();
  }
}
