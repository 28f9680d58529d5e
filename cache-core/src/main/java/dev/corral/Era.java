package dev.corral;

/**
 * A time during which this node is not known to have missed a message about a partition. What is
 * filled in one era is trusted until the era ends; then it is checked before it is served again.
 *
 * @param partition the index of the partition
 * @param number counts the eras of that partition
 */
record Era(int partition, int number) {

  /** The only era of a cache without a remote tier, which has no messages to miss. */
  static final Era ONLY = new Era(0, 0);
}
