package dev.corral;

/**
 * A time during which this node is not known to have missed a message about a partition, nor told
 * that all keys are void. What is filled in one era is trusted until the era ends; then it is
 * checked before it is served again.
 *
 * @param partition the index of the partition
 * @param number counts the eras of that partition
 */
record Era(int partition, int number) {

  /** Of what is not held, and so need not be trusted. */
  static final Era NONE = new Era(0, 0);
}
