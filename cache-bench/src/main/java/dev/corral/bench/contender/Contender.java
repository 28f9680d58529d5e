package dev.corral.bench.contender;

/** One way to read pages. Thread-safe. */
public interface Contender extends AutoCloseable {

  /** Returns the page of a key, from wherever this contender takes it. */
  Page get(String key) throws Exception;

  @Override
  void close();
}
