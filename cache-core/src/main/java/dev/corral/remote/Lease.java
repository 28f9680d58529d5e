package dev.corral.remote;

import org.jspecify.annotations.Nullable;

/**
 * The right to load one key for the whole cluster, held until published, failed, released, revoked
 * or expired.
 *
 * @param key the key that may be loaded
 * @param token the fencing token; every later step is refused when the store no longer holds it
 * @param stamp how far the key's partition had come when the lease was granted: a value published
 *     with this lease is void if the region is cleared afterwards
 * @param replaces the fill that this lease may replace while that fill is still being served (a
 *     refresh), or null when the lease stands in the value's place. A lease to write stands beside
 *     the value, too, whatever that is, and bears its own token here.
 */
public record Lease(String key, Id token, long stamp, @Nullable Id replaces) {

  /** Returns a lease to write a key. */
  public static Lease toWrite(String key, Id token, long stamp) {
    return new Lease(key, token, stamp, token);
  }
}
