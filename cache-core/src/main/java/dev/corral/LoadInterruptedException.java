package dev.corral;

/**
 * The calling thread was interrupted while it loaded or waited; its interrupt flag is set again.
 * Nobody else is affected: those who waited for this thread elect another to load.
 */
public final class LoadInterruptedException extends CorralException {

  private static final long serialVersionUID = 1L;

  private final transient Object key;

  LoadInterruptedException(String cache, Object key, InterruptedException cause) {
    super("Interrupted while key " + key + " of cache " + cache + " was loaded", cause);
    this.key = key;
  }

  /** Returns the key that was waited for; null after this exception was serialized. */
  public Object key() {
    return key;
  }
}
