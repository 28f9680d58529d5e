package dev.corral.bench.history;

/**
 * A get that brought a value.
 *
 * @param node the number of the process that asked
 * @param key the number of the key
 * @param version of the row, as the query under test read it
 * @param begin when the get began, in nanoseconds of the clock that all nodes share
 * @param loadedAt when the load that read the row ended; with key and version, it tells one loaded
 *     value from another
 */
public record Read(int node, int key, long version, long begin, long loadedAt) {

  /** The same read, with its times counted from another instant. */
  public Read since(long instant) {
    return new Read(node, key, version, begin - instant, loadedAt - instant);
  }
}
