package dev.corral;

import static dev.corral.TestCluster.FRESH;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.codec.AesGcmCodec;
import dev.corral.codec.AesGcmKeys;
import dev.corral.codec.Codec;
import dev.corral.codec.DeflateCodec;
import dev.corral.codec.StringCodec;
import dev.corral.remote.Lookup;
import dev.corral.remote.RemoteRegion;
import dev.corral.stats.Stat;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** What an encrypted value is worth at another place than its own. */
class EncryptedValuesTest {

  private final TestCluster cluster = new TestCluster();
  private final TestOrigin origin = cluster.origin.set(1, "a secret").set(2, "b");
  private final AesGcmKeys before = AesGcmKeys.writing("before", key(1));

  private static SecretKey key(int seed) {
    byte[] key = new byte[32];
    new Random(seed).nextBytes(key);
    return new SecretKeySpec(key, "AES");
  }

  private static Codec<String> codec(AesGcmKeys keys) {
    return AesGcmCodec.of(DeflateCodec.of(StringCodec.utf8()).compressFrom(0), keys);
  }

  private CacheBuilder<Long, String> node(AesGcmKeys keys) {
    return cluster.alone().remote(cluster.server.newNode(), codec(keys));
  }

  private byte[] stored(String region, String key) {
    try (RemoteRegion opened = cluster.server.newNode().open(region, new DeafNode())) {
      return ((Lookup.Found) opened.lookUp(key, Duration.ofSeconds(1))).value().bytes();
    }
  }

  private void store(String region, String key, byte[] bytes) {
    try (RemoteRegion opened = cluster.server.newNode().open(region, new DeafNode())) {
      opened.put(key, bytes, FRESH);
    }
  }

  @Test
  void nodesWithTheKeyShareAndTheStoreDoesNotSeeTheValue() {
    node(before).build().get(1L, origin);

    assertThat(node(before).build().get(1L, key -> "never")).isEqualTo("a secret");
    assertThat(new String(stored("products", "1"), ISO_8859_1)).doesNotContain("secret");
  }

  @Test
  void aValueOfAnotherKeyIsAMissThoughItsHeaderWasMadeToFit() {
    node(before).build().get(1L, origin);
    StoredEntry moved =
        Objects.requireNonNull(EntryFormat.decode(stored("products", "1"), "1", mark()));
    store("products", "2", EntryFormat.encode(moved, "2", mark()));
    var cache = node(before).build();

    assertThat(cache.get(2L, origin)).isEqualTo("b");

    assertThat(cache.stats().get(Stat.MALFORMED)).isOne();
  }

  private int mark() {
    return EntryFormat.codecMark(codec(before).name());
  }

  @Test
  void aValueOfAnotherSchemaIsAMiss() {
    node(before).schema("v1").build().get(1L, origin);
    store("products@v2", "1", stored("products@v1", "1"));
    var cache = node(before).schema("v2").build();

    assertThat(cache.get(1L, origin.set(1, "new"))).isEqualTo("new");

    assertThat(cache.stats().get(Stat.MALFORMED)).isOne();
  }

  @Test
  void nodesThatDoNotEncryptHaveAMiss() {
    node(before).build().get(1L, origin);
    var plain = cluster.node().build();

    assertThat(plain.get(1L, origin.set(1, "new"))).isEqualTo("new");

    assertThat(plain.stats().get(Stat.MALFORMED)).isOne();
  }

  @Test
  void aKeyIsRotatedWithoutAMissAndAKeyThatIsGoneIsOne() {
    AesGcmKeys during = AesGcmKeys.writing("after", key(2)).reading("before", key(1));
    AesGcmKeys after = AesGcmKeys.writing("after", key(2));
    node(before).build().get(1L, origin);

    assertThat(node(during).build().get(1L, key -> "never")).isEqualTo("a secret");

    var cache = node(after).build();
    assertThat(cache.get(1L, origin.set(1, "new"))).isEqualTo("new");
    assertThat(cache.stats().get(Stat.MALFORMED)).isOne();
  }

  @Test
  void waitersAndWritersPassTheNameOnToo() {
    var cache = node(before).build();
    cache.put(1L, "put");
    assertThat(node(before).build().get(1L, key -> "never")).isEqualTo("put");

    cache.write(1L, "written", origin::set);
    assertThat(node(before).build().get(1L, key -> "never")).isEqualTo("written");
  }
}
