package dev.corral;

/**
 * A time during which this node is not known to have missed a message about a partition, nor told
 * that all keys are void. What is filled in one era is trusted until the era ends; then it is
 * checked before it is served again.
 *
 * @param mark the partition in its lowest 8 bits, and above them the count of its eras: one number,
 *     since every entry holds one
 */
record Era(int mark) {

  /** By how much the marks of two eras differ that follow each other. */
  static final int STEP = 1 << 8;

  /** Of what is not held, and so need not be trusted. */
  static final Era NONE = new Era(0);

  /** Returns the index of the partition that a mark is of. */
  static int partitionOf(int mark) {
    return mark & (STEP - 1);
  }
}
