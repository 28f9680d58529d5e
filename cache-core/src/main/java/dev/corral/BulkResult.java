package dev.corral;

import java.util.Map;

/**
 * What became of each key of a batch.
 *
 * @param values of the keys that have one, in the order asked for; unmodifiable
 * @param failures of the keys that could not be had, the first that failed first; unmodifiable. A
 *     key that is in neither map has no value in the origin
 */
public record BulkResult<K, V>(Map<K, V> values, Map<K, CorralException> failures) {

  /**
   * Returns the values, if there are no failures.
   *
   * @throws CorralException the first failure
   */
  public Map<K, V> valuesOrThrow() {
    for (CorralException failure : failures.values()) {
      throw failure;
    }
    return values;
  }
}
