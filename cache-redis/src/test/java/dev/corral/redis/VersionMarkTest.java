package dev.corral.redis;

import static dev.corral.redis.Node.LONG;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.remote.Lease;
import dev.corral.remote.Publication;
import dev.corral.remote.PublishAnswer;
import dev.corral.remote.VersionMark;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a version mark is in Redis. */
@SuppressWarnings("NullAway.Init") // set up before each test
class VersionMarkTest extends OneNode {

  private byte[] place;

  @BeforeEach
  void findItsPlace() {
    place = node.keys.of("key").mark();
  }

  private PublishAnswer publish(long version) {
    Lease lease = node.lead("key");
    return node.region.publish(
        new Publication(lease, new byte[] {1}, LONG).guarded(OptionalLong.of(version)));
  }

  private String mark() {
    return new String(jedis.get(place), US_ASCII);
  }

  @Test
  void aMarkIsTwentyDigitsWithAnEnd() {
    node.region.invalidate("key", new VersionMark(5, LONG));
    assertThat(mark()).isEqualTo("09223372036854775813");
    assertThat(jedis.pttl(place)).isBetween(1L, LONG.toMillis());

    node.region.invalidate("key", new VersionMark(Long.MAX_VALUE, LONG));
    assertThat(mark()).isEqualTo("18446744073709551615");
    jedis.del(place);

    node.region.invalidate("key", new VersionMark(Long.MIN_VALUE, LONG));
    assertThat(mark()).isEqualTo("00000000000000000000");
  }

  @Test
  void noMarkIsLeftWhereNoneWasAskedFor() {
    node.region.invalidate("key");
    node.region.endWrite(node.region.beginWrite("key", LONG), new byte[] {1}, LONG);

    assertThat(jedis.exists(place)).isFalse();
  }

  @Test
  void foreignBytesKeepNothingOutAndAreReplaced() {
    jedis.set(place, "99999999999999999999 and more".getBytes(US_ASCII));
    assertThat(publish(4)).isEqualTo(PublishAnswer.STORED);

    node.region.invalidate("key", new VersionMark(5, LONG));

    assertThat(publish(4)).isEqualTo(PublishAnswer.OUTDATED);
  }

  @Test
  void aKeyOfAnotherTypeKeepsNothingOutAndIsReplaced() {
    jedis.lpush(place, new byte[] {1});
    assertThat(publish(4)).isEqualTo(PublishAnswer.STORED);

    node.region.invalidate("key", new VersionMark(5, LONG));

    assertThat(publish(4)).isEqualTo(PublishAnswer.OUTDATED);
  }
}
