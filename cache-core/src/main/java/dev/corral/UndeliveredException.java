package dev.corral;

import java.util.List;

/**
 * An invalidation, a put or a change took effect in this process, but may not have reached the
 * remote tier: other nodes may serve what was there before until the invalidation of the key has
 * been delivered, which this process goes on to try. Thrown where {@link Undelivered#THROW} was
 * asked for. Asking again is harmless.
 */
public final class UndeliveredException extends CorralException {

  private static final long serialVersionUID = 1L;

  private final transient List<Object> keys;

  UndeliveredException(String cache, List<?> keys, Throwable cause) {
    super(
        "The remote tier of cache %s did not confirm the invalidation of %s"
            .formatted(cache, keys.isEmpty() ? "all keys" : "keys " + keys),
        cause);
    this.keys = List.copyOf(keys);
  }

  /** Returns the keys concerned; empty if all keys are. Null after serialization. */
  public List<Object> keys() {
    return keys;
  }
}
