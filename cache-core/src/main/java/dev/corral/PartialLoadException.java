package dev.corral;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Thrown by a {@link BulkLoader} that could load some keys and not others. The former are cached,
 * the latter failed each with a cause of its own; a retry asks for those alone.
 *
 * <p>For the origin's limits, which count calls, the call has failed.
 */
public final class PartialLoadException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Map<Object, Object> values;
  private final transient Map<Object, Throwable> failures;

  /**
   * Creates the outcome of a call.
   *
   * @param values of the keys that were loaded; a key that is in neither map has no value in the
   *     origin
   * @param failures of the others, at least one; a key that is in both maps has failed
   * @throws IllegalArgumentException if there are no failures
   */
  public PartialLoadException(Map<?, ?> values, Map<?, ? extends Throwable> failures) {
    super(message(failures), failures.values().iterator().next());
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    Map<Object, Throwable> copy = new LinkedHashMap<>(failures);
    copy.forEach((key, failure) -> Objects.requireNonNull(failure, "failure"));
    this.failures = Collections.unmodifiableMap(copy);
  }

  private static String message(Map<?, ? extends Throwable> failures) {
    if (failures.isEmpty()) {
      throw new IllegalArgumentException("failures must not be empty: return the values instead");
    }
    Map.Entry<?, ? extends Throwable> first = failures.entrySet().iterator().next();
    return "%d keys could not be loaded, the first of them %s: %s"
        .formatted(failures.size(), first.getKey(), first.getValue());
  }

  /** Returns the values that were loaded, unmodifiable; lost if this was serialized. */
  public Map<Object, Object> values() {
    return values;
  }

  /** Returns why which keys were not loaded, unmodifiable; lost if this was serialized. */
  public Map<Object, Throwable> failures() {
    return failures;
  }
}
