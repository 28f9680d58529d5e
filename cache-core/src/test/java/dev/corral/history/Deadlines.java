package dev.corral.history;

/** By when what a call made void has to be gone. */
interface Deadlines {

  /** Never has to. */
  long NEVER = Long.MAX_VALUE;

  /**
   * Returns the time after which no get may return it.
   *
   * @param call has ended
   * @param node where the get is called
   * @param local whether the get may answer from the memory of its process
   */
  long of(Operation call, String node, boolean local);
}
