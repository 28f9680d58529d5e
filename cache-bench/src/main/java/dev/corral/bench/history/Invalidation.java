package dev.corral.bench.history;

/**
 * A change of a row, and that its key was invalidated after it. Times are in nanoseconds of the
 * clock that all nodes share.
 *
 * @param node the number of the process that did both
 * @param key the number of the key
 * @param version of the row from the change on
 * @param committed when the change was known to be committed
 * @param returned when {@code invalidate} returned or threw
 * @param ok whether it returned: nothing older may be read from then on
 */
public record Invalidation(
    int node, int key, long version, long committed, long returned, boolean ok) {

  /** The same invalidation, with its times counted from another instant. */
  public Invalidation since(long instant) {
    return new Invalidation(node, key, version, committed - instant, returned - instant, ok);
  }
}
