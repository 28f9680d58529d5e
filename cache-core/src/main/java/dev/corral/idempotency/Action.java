package dev.corral.idempotency;

/**
 * What is to happen once: a charge, an order, a message.
 *
 * @param <V> the type of its outcome
 */
@FunctionalInterface
public interface Action<V> {

  /**
   * Does it. What this throws is an outcome as well, stored and replayed, unless it was declared to
   * be retryable. An {@link Error}, or whatever an interrupted thread throws, is no outcome: it is
   * as if the process had died here.
   *
   * @return the outcome; never null
   */
  V run(Attempt<V> attempt) throws Exception;
}
