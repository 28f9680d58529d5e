package dev.corral;

/**
 * A change of the origin.
 *
 * @param <X> what it may throw, besides unchecked exceptions
 */
@FunctionalInterface
public interface Change<X extends Exception> {

  /** Makes the change, and returns when it is committed. */
  void run() throws X;
}
