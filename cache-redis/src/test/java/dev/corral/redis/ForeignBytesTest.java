package dev.corral.redis;

import static dev.corral.redis.Node.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.remote.FailureBackoff;
import dev.corral.remote.Lease;
import dev.corral.remote.Lookup;
import dev.corral.remote.StoredFailure;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.params.SetParams;

/** What someone else has written at a key of ours is taken for nothing, and replaced. */
class ForeignBytesTest extends OneNode {

  private static final SetParams EXPIRING = SetParams.setParams().px(LONG.toMillis());

  @Test
  void aKeyOfAnotherTypeIsReplaced() {
    jedis.lpush(node.keys.of("key").entry, new byte[] {1});

    assertReplaced("key");
  }

  @Test
  void aKeyOfAnotherTypeIsInvalidatedAndOverwrittenByAPut() {
    jedis.lpush(node.keys.of("a").entry, new byte[] {1});
    jedis.lpush(node.keys.of("b").entry, new byte[] {1});

    node.region.invalidate("a");
    node.region.put("b", new byte[] {'b'}, LONG);

    assertThat(jedis.exists(node.keys.of("a").entry)).isFalse();
    assertThat(node.find("b")).isEqualTo("b");
  }

  @Test
  void aLeaseThatWasOverwrittenByAnotherTypeIsLost() {
    Lease lease = node.lead("key");
    jedis.del(node.keys.of("key").entry);
    jedis.lpush(node.keys.of("key").entry, new byte[] {1});

    assertThat(node.region.renew(lease, LONG)).isFalse();
    node.region.release(lease);
    assertThat(node.publish(lease, "value")).isFalse();
  }

  @Test
  void anEmptyStringIsReplaced() {
    jedis.set(node.keys.of("key").entry, new byte[0], EXPIRING);

    assertReplaced("key");
  }

  @Test
  void aValueWithoutExpiryIsReplaced() {
    node.load("key", "value");
    jedis.persist(node.keys.of("key").entry);

    assertReplaced("key");
  }

  @Test
  void aLeaseWithoutExpiryIsReplaced() {
    node.lead("key");
    jedis.persist(node.keys.of("key").entry);

    assertReplaced("key");
  }

  @Test
  void aValueAndALeaseThatWouldLiveForAgesAreReplaced() {
    long ages = Held.LONGEST_MILLIS * 10_000; // more nanoseconds than a long has
    node.load("value", "value");
    node.lead("lease");
    jedis.pexpire(node.keys.of("value").entry, ages);
    jedis.pexpire(node.keys.of("lease").entry, ages);

    assertReplaced("value");
    assertReplaced("lease");
  }

  @Test
  void aTruncatedValueIsReplacedHoweverShort() {
    node.load("whole", "");
    byte[] whole = jedis.get(node.keys.of("whole").entry);
    for (int length = 0; length < whole.length; length++) {
      String key = "key-" + length;
      jedis.set(node.keys.of(key).entry, Arrays.copyOf(whole, length), EXPIRING);

      assertReplaced(key);
    }
  }

  @Test
  void anyBytesAreReplacedOrReadAsAFrame() {
    Random random = new Random(42);
    List<String> all = IntStream.range(0, 500).mapToObj(i -> "key-" + i).toList();
    for (String key : all) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      if (bytes.length > 0) {
        bytes[0] = (byte) "LVEX".charAt(random.nextInt(4));
      }
      jedis.set(node.keys.of(key).entry, bytes, EXPIRING);
    }

    for (Lookup answer : node.region.lookUpAll(all, LONG)) {
      // Any bytes behind an E are a failure: it is for the reader of its bytes to refuse them.
      assertThat(answer).isInstanceOfAny(Lookup.Granted.class, Lookup.BackingOff.class);
    }
  }

  @Test
  void aForeignRefreshRightIsReplaced() {
    node.load("key", "value");
    jedis.lpush(node.keys.of("key").right(), new byte[] {1});
    assertThat(node.publish(node.leadRefresh("key"), "new")).isTrue();

    jedis.set(node.keys.of("key").right(), new byte[] {1}, EXPIRING);
    assertThat(node.publish(node.leadRefresh("key"), "newer")).isTrue();

    Lease right = node.leadRefresh("key");
    jedis.persist(node.keys.of("key").right());
    assertThat(node.leadRefresh("key").token()).isNotEqualTo(right.token());
  }

  @Test
  void aForeignPartitionVoidsItsKeysAndStartsAnew() {
    node.load("key", "value");
    KeyNames names = node.keys.of("key");
    jedis.del(names.partitionKey);
    jedis.lpush(names.partitionKey, new byte[] {1});
    assertReplaced("key");

    jedis.set(names.partitionKey, new byte[] {'7'});
    assertReplaced("key");
    node.region.invalidate("key");
    node.region.clear();
  }

  @Test
  void aForeignFailureCounterStartsAnew() {
    FailureBackoff backoff = new FailureBackoff(LONG, LONG.multipliedBy(2), 1);
    Lease lease = node.lead("key");
    jedis.lpush(node.keys.of("key").failures(), new byte[] {1});

    assertThat(node.region.fail(lease, new StoredFailure(new byte[0]), backoff)).contains(LONG);
  }

  private void assertReplaced(String key) {
    Lease lease = node.lead(key);
    assertThat(node.publish(lease, "ours")).isTrue();
    assertThat(node.find(key)).isEqualTo("ours");
  }
}
