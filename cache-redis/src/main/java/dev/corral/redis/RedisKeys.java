package dev.corral.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corral.remote.RemoteRegion;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The names that a region has in Redis. All keys of a partition share a hash tag, so that one
 * script can touch them and a cluster spreads the partitions:
 *
 * <pre>
 * corral:{shop/products:1f}       the partition: its window (see Window)
 * corral:{shop/products:1f}t      when which of its tags was invalidated: a hash
 * corral:{shop/products:1f}e:42   the entry of key 42: a lease, a value or a failure
 * corral:{shop/products:1f}r:42   the right to refresh that value
 * corral:{shop/products:1f}f:42   how often the key has failed in a row
 * corral:{shop/products:1f}m:42   the oldest version of the key that may be published: 20 digits
 * corral:{shop/products}:inv      the channel of the region's invalidations
 * corral:shop:node:0123456789abcdef   the channel of the outcomes that a node waits for
 * </pre>
 *
 * <p>The kind stands before the key's text, and neither namespace nor cache name can hold a brace,
 * slash or colon: no key can be mistaken for a name of another kind. A key text of more than 512
 * bytes is replaced by its SHA-256, with {@code #} in the colon's place ({@code …e#9f86d0…}), where
 * no short text can come.
 */
final class RedisKeys {

  private static final Pattern NAMESPACE = Pattern.compile("[A-Za-z0-9._@-]{1,64}");
  private static final Pattern CACHE = Pattern.compile("[A-Za-z0-9._@-]{1,128}");

  private final String region;
  private final byte[] cacheName;
  private final byte[][] partitions = new byte[RemoteRegion.PARTITIONS][];
  private final byte[] channel;

  RedisKeys(String namespace, String cache) {
    if (!CACHE.matcher(cache).matches()) {
      throw new IllegalArgumentException(
          "name must be 1 to 128 letters, digits, '.', '_', '-' or '@': " + cache);
    }
    region = namespace + "/" + cache;
    cacheName = cache.getBytes(UTF_8);
    for (int i = 0; i < RemoteRegion.PARTITIONS; i++) {
      partitions[i] = ("corral:{" + region + ":" + hex(i) + "}").getBytes(UTF_8);
    }
    channel = ("corral:{" + region + "}:inv").getBytes(UTF_8);
  }

  /** Returns a namespace that keeps the rule. */
  static String checkNamespace(String namespace) {
    if (!NAMESPACE.matcher(namespace).matches()) {
      throw new IllegalArgumentException(
          "namespace must be 1 to 64 letters, digits, '.', '_', '-' or '@': " + namespace);
    }
    return namespace;
  }

  /** Returns what all channels of a namespace's nodes begin with. */
  static byte[] nodeChannelPrefix(String namespace) {
    return ("corral:" + namespace + ":node:").getBytes(UTF_8);
  }

  /** Returns the names that belong to one key. */
  KeyNames of(String key) {
    return KeyNames.of(key, this);
  }

  /** Returns the key of a partition's window; not to be changed. */
  byte[] partition(int index) {
    return partitions[index];
  }

  /** Returns the key of a partition's tags. */
  byte[] tags(int partition) {
    return Bytes.concat(partitions[partition], new byte[] {'t'});
  }

  /** Returns the channel of the region's invalidations; not to be changed. */
  byte[] channel() {
    return channel;
  }

  /** Returns the cache's name in UTF-8; not to be changed. */
  byte[] cacheName() {
    return cacheName;
  }

  /** Returns a partition's two hex digits. */
  static String hex(int partition) {
    return HexFormat.of().toHexDigits((byte) partition);
  }

  /** Returns the region as messages for people name it. */
  @Override
  public String toString() {
    return region;
  }
}
