package dev.corral.redis;

import java.util.Objects;
import redis.clients.jedis.UnifiedJedis;

/** Builds a {@link RedisStore}. Not thread-safe. */
public final class RedisStoreBuilder {

  private static final int DEFAULT_INLINE_LIMIT = 8 * 1024;

  final UnifiedJedis jedis;
  String namespace = "default";
  int inlineLimit = DEFAULT_INLINE_LIMIT;

  RedisStoreBuilder(UnifiedJedis jedis) {
    this.jedis = Objects.requireNonNull(jedis, "jedis");
  }

  /**
   * Sets what keeps this store's keys apart from those of others in the same Redis; {@code default}
   * if left out.
   *
   * @param namespace letters, digits, {@code .}, {@code _}, {@code -} and {@code @}, at most 64 of
   *     them
   * @throws IllegalArgumentException if it breaks that rule
   */
  public RedisStoreBuilder namespace(String namespace) {
    this.namespace = RedisKeys.checkNamespace(namespace);
    return this;
  }

  /**
   * Sets up to how many bytes a published value is sent along to the nodes that wait for it; they
   * look a larger one up. 8192 if left out; 0 never sends one along.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public RedisStoreBuilder inlineLimit(int bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("inlineLimit must not be negative: " + bytes);
    }
    inlineLimit = bytes;
    return this;
  }

  /** Builds the store. Does not ask Redis for anything yet. */
  public RedisStore build() {
    return new RedisStore(this);
  }
}
