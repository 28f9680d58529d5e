package dev.corral;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The writes of this process that are under way, without a remote tier to order them. A write whose
 * token is no longer here when it ends was not alone: another write, a put or an invalidation came
 * in between, and nobody can say whose value the origin holds.
 */
final class WritesUnderWay<K> {

  private final ConcurrentMap<K, Object> tokens = new ConcurrentHashMap<>();

  /** Notes a write, and returns its token; a write that is under way is not alone any more. */
  Object begin(K key) {
    Object token = new Object();
    tokens.put(key, token);
    return token;
  }

  /** Ends a write, and returns whether it was alone; if not, nor was the one that came between. */
  boolean end(K key, Object token) {
    return tokens.remove(key) == token;
  }

  /** Whatever is written to this key is not alone any more. */
  void disturb(K key) {
    tokens.remove(key);
  }

  /** Whatever is written is not alone any more. */
  void disturbAll() {
    tokens.clear();
  }
}
