package dev.corral.origin;

/** A limit between a load and its origin: lets it through, makes it wait, or rejects it. */
interface Gate {

  /**
   * Waits until the load may pass, if that is soon enough.
   *
   * @param patienceNanos how long it may wait
   */
  Passage enter(Priority priority, long patienceNanos) throws Rejection, InterruptedException;
}
