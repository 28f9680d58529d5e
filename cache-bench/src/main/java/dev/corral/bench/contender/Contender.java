package dev.corral.bench.contender;

/** One way to read pages. Thread-safe. */
public interface Contender extends AutoCloseable {

  /** Returns the page of a key, from wherever this contender takes it. */
  Page get(String key) throws Exception;

  /**
   * The row of this key changed and is committed: nothing older should be read after this returned.
   */
  void invalidate(String key) throws Exception;

  /** How many loader calls so far were not the first of their load: tried again after a failure. */
  default long retries() {
    return 0;
  }

  @Override
  void close();
}
