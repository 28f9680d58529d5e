package dev.corral;

import java.time.Duration;

/** A caller waited as long as it may for a load that somebody else runs. */
public final class LoadTimeoutException extends CorralException {

  private static final long serialVersionUID = 1L;

  private final transient Object key;
  private final Duration waited;

  LoadTimeoutException(String cache, Object key, Duration waited) {
    super(
        "No value for key " + key + " of cache " + cache + " within " + waited.toMillis() + " ms");
    this.key = key;
    this.waited = waited;
  }

  /** Returns the key that was waited for; null after this exception was serialized. */
  public Object key() {
    return key;
  }

  /** Returns how long the caller waited. */
  public Duration waited() {
    return waited;
  }
}
