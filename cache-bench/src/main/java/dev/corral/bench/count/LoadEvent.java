package dev.corral.bench.count;

/**
 * One call of the loader, noted where it happened.
 *
 * @param node the number of the process
 * @param thread the id of the thread in that process
 * @param key the number of the key
 * @param begin when the loader was called, in nanoseconds of the clock that all nodes share
 * @param end when it returned or threw
 * @param ok whether it returned
 */
public record LoadEvent(int node, long thread, int key, long begin, long end, boolean ok) {

  /** The same event, with its times counted from another instant. */
  public LoadEvent since(long instant) {
    return new LoadEvent(node, thread, key, begin - instant, end - instant, ok);
  }
}
