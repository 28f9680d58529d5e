package dev.corral.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.corral.remote.RemoteRegion;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.util.JedisClusterCRC16;

class RedisKeysTest {

  private final RedisKeys keys = new RedisKeys("shop", "products");

  @Test
  void aKeyHasItsEntryRightCounterAndMarkInItsPartition() {
    KeyNames names = keys.of("42");

    assertThat(text(names.partitionKey)).isEqualTo("corral:{shop/products:88}");
    assertThat(text(names.entry)).isEqualTo("corral:{shop/products:88}e:42");
    assertThat(text(names.right())).isEqualTo("corral:{shop/products:88}r:42");
    assertThat(text(names.failures())).isEqualTo("corral:{shop/products:88}f:42");
    assertThat(text(names.mark())).isEqualTo("corral:{shop/products:88}m:42");
    assertThat(text(keys.channel())).isEqualTo("corral:{shop/products}:inv");
  }

  @Test
  void allNamesOfAPartitionShareASlotEvenIfTheKeyHoldsBraces() {
    for (String key : List.of("42", "{42}", "}{", "a{b}c", "鍵")) {
      KeyNames names = keys.of(key);
      assertThat(
              List.of(
                      names.entry,
                      names.right(),
                      names.failures(),
                      names.mark(),
                      names.partitionKey)
                  .stream()
                  .map(JedisClusterCRC16::getSlot)
                  .distinct())
          .hasSize(1);
    }
  }

  @Test
  void theSlotsOfAClusterAreSharedOut() {
    Set<Integer> slots = new HashSet<>();
    for (int i = 0; i < RemoteRegion.PARTITIONS; i++) {
      slots.add(JedisClusterCRC16.getSlot(keys.partition(i)));
    }
    assertThat(slots).hasSizeGreaterThan(240);
  }

  @Test
  void aLongKeyIsHashed() {
    String longest = "k".repeat(512);

    assertThat(text(keys.of(longest).entry)).endsWith("}e:" + longest);
    assertThat(text(keys.of(longest + "k").entry)).matches(".*}e#[0-9a-f]{64}");
    assertThat(keys.of("é".repeat(257)).entry).hasSizeLessThan(100);
  }

  @Test
  void aKeyThatLooksLikeAHashIsNotTakenForOne() {
    String hashed = text(keys.of("k".repeat(600)).entry);
    String hash = hashed.substring(hashed.indexOf("#"));

    assertThat(text(keys.of(hash).entry)).endsWith("}e:" + hash);
  }

  @Test
  void namesThatBreakTheRuleAreRefused() {
    for (String bad : List.of("", "a{b", "a}b", "a/b", "a:b", "é", "n".repeat(129))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new RedisKeys("shop", bad))
          .withMessageContaining("name must be 1 to 128")
          .withMessageContaining(bad);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
