package dev.corral.redis;

import static dev.corral.redis.Node.LONG;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.remote.Lease;
import dev.corral.remote.Lookup;
import dev.corral.remote.Publication;
import dev.corral.remote.PublishAnswer;
import dev.corral.remote.StoredValue;
import dev.corral.remote.VersionMark;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.params.SetParams;

/** A batch is told by the value itself what is left of it, and that is what its key has left. */
class EndOfLifeTest extends OneNode {

  private static final Duration ONE_MINUTE = Duration.ofMinutes(1);
  private static final SetParams EXPIRING = SetParams.setParams().px(LONG.toMillis());
  private static final byte[] BYTES = "value".getBytes(UTF_8);

  @Test
  void aPublishedValueSaysWhenItsLifeEnds() {
    load("key", ONE_MINUTE);

    assertLives("key", ONE_MINUTE);
  }

  @Test
  void aRefreshedValueSaysWhenItsNewLifeEnds() {
    load("key", ONE_MINUTE);
    publish(node.leadRefresh("key"), LONG);

    assertLives("key", LONG);
  }

  @Test
  void aGuardedValueSaysWhenItsLifeEnds() {
    node.region.invalidate("key", new VersionMark(7, LONG));
    Publication guarded =
        new Publication(node.lead("key"), BYTES, ONE_MINUTE).guarded(OptionalLong.of(7));
    assertThat(node.region.publish(guarded)).isEqualTo(PublishAnswer.STORED);

    assertLives("key", ONE_MINUTE);
  }

  @Test
  void aValueThatWasPutSaysWhenItsLifeEnds() {
    node.region.put("key", BYTES, ONE_MINUTE);

    assertLives("key", ONE_MINUTE);
  }

  @Test
  void aWrittenValueSaysWhenItsLifeEnds() {
    Lease write = node.region.beginWrite("key", LONG);
    assertThat(node.region.endWrite(write, BYTES, ONE_MINUTE)).isTrue();
    assertLives("key", ONE_MINUTE);

    Lease marked = node.region.beginWrite("key", LONG);
    assertThat(node.region.endWrite(marked, BYTES, LONG, new VersionMark(7, LONG))).isTrue();
    assertLives("key", LONG);
  }

  @Test
  void anExtendedValueSaysWhenItsLongerLifeEnds() {
    load("key", ONE_MINUTE);
    assertThat(node.region.extend(node.leadRefresh("key"), LONG)).isTrue();

    assertLives("key", LONG);
  }

  @Test
  void anExtendedValueSaysWhenItsShorterLifeEnds() {
    load("key", LONG);
    assertThat(node.region.extend(node.leadRefresh("key"), ONE_MINUTE)).isTrue();

    assertLives("key", ONE_MINUTE);
  }

  @Test
  void aValueThatIsBeingWrittenSaysThatItsLifeWasCut() {
    load("key", LONG);
    node.region.beginWrite("key", ONE_MINUTE);

    assertLives("key", ONE_MINUTE);
  }

  @Test
  void aValueThatEndsBeforeTheWriteDoesSaysThatItsLifeWasNotProlonged() {
    load("key", ONE_MINUTE);
    node.region.beginWrite("key", LONG);

    assertLives("key", ONE_MINUTE);
  }

  @Test
  void theBytesOfAValueWithAnotherLifeAreTheSame() {
    load("key", LONG);
    node.region.extend(node.leadRefresh("key"), ONE_MINUTE);
    node.region.beginWrite("key", Duration.ofSeconds(30));

    assertThat(found("key").bytes()).isEqualTo(BYTES);
    assertThat(node.find("key")).isEqualTo("value");
  }

  @Test
  void aKeyThatSomebodyLetsLiveForEverEndsWithItsValueInABatch() {
    load("key", ONE_MINUTE);
    jedis.persist(node.keys.of("key").entry);

    assertThat(found("key").leftMillis()).isBetween(1L, ONE_MINUTE.toMillis());
  }

  @Test
  void aValueWhoseEndHasPassedHasNothingLeftInABatch() {
    putByHand(Bytes.number(1));

    assertThat(found("key").leftMillis()).isZero();
  }

  @Test
  void aValueWhoseEndIsNoNumberIsReplaced() {
    putByHand(Bytes.ascii("180000000000000x"));

    Lease lease = Node.granted(node.region.lookUpAll(List.of("key"), LONG).get(0));
    publish(lease, ONE_MINUTE);
    assertLives("key", ONE_MINUTE);
  }

  // The end cannot be believed. What is left is asked of Redis then, as of a single key.
  @Test
  void aValueWhoseEndIsForAgesLivesAsLongAsItsKey() {
    putByHand(Bytes.number(9_999_999_999_999_999L));

    assertThat(found("key").leftMillis()).isBetween(1L, LONG.toMillis());
  }

  // A string that is no value would be made one: SETRANGE fills up with zeros.
  @Test
  void aStringThatOnlyBeginsLikeAValueIsDroppedByAWrite() {
    for (int length = 1; length < Frame.HEADER_END + 1; length++) {
      byte[] entry = node.keys.of("key").entry;
      jedis.set(entry, ("V" + "9".repeat(length - 1)).getBytes(UTF_8), EXPIRING);

      node.region.beginWrite("key", ONE_MINUTE);

      assertThat(jedis.exists(entry)).isFalse();
    }
  }

  // Else the digits of an end are written into it, and it is a value from then on.
  @Test
  void aStringWhoseEndIsNotANumberIsDroppedByAWriteToo() {
    byte[] entry = node.keys.of("key").entry;
    for (int noDigit = Frame.PREFIX; noDigit <= Frame.HEADER_END; noDigit++) {
      byte[] looksLikeOne = ("V" + "9".repeat(100)).getBytes(UTF_8);
      looksLikeOne[noDigit] = (byte) 0xc0;
      jedis.set(entry, looksLikeOne, EXPIRING);

      node.region.beginWrite("key", ONE_MINUTE);

      assertThat(jedis.exists(entry)).isFalse();
    }
  }

  private void load(String key, Duration life) {
    publish(node.lead(key), life);
  }

  private void publish(Lease lease, Duration life) {
    assertThat(node.region.publish(new Publication(lease, BYTES, life)))
        .isEqualTo(PublishAnswer.STORED);
  }

  /** Writes another end into a value, and lets its key live as before. */
  private void putByHand(byte[] end) {
    Lease lease = node.lead("key");
    byte[] value =
        Bytes.concat(Frame.valuePrefix(lease.token()), Bytes.number(lease.stamp()), end, BYTES);
    jedis.set(node.keys.of("key").entry, value, EXPIRING);
  }

  /** Looks a key up in a batch, which must find it. */
  private StoredValue found(String key) {
    Lookup answer = node.region.lookUpAll(List.of(key), LONG).get(0);
    assertThat(answer).isInstanceOf(Lookup.Found.class);
    return ((Lookup.Found) answer).value();
  }

  /**
   * Asserts that a life has begun a moment ago: by the key, by the value and by what either look-up
   * is told. Half a minute is more than any test takes, and tells the lives here from each other.
   */
  private void assertLives(String key, Duration life) {
    byte[] entry = node.keys.of(key).entry;
    long least = life.minusSeconds(30).toMillis();
    long expiry = jedis.pexpireTime(entry);
    long end = Objects.requireNonNull(Frame.read(jedis.get(entry))).end();
    assertThat(end).isLessThanOrEqualTo(expiry).isGreaterThan(expiry - 30_000);
    assertThat(jedis.pttl(entry)).isBetween(least, life.toMillis());
    assertThat(found(key).leftMillis()).isBetween(least, life.toMillis());
    assertThat(((Lookup.Found) node.region.lookUp(key, LONG)).value().leftMillis())
        .isBetween(least, life.toMillis());
  }
}
