package dev.corral;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The present eras of all partitions. A hit costs one read of an array: an entry is trusted if its
 * era is still the present one.
 *
 * <p>The era of an entry is read <em>before</em> the remote tier is asked for it. An invalidation
 * that comes after the question, and whose message is lost, ends a later era, and so the entry's.
 */
final class Eras {

  private final AtomicIntegerArray marks;
  private volatile boolean inUse;

  Eras(int partitions) {
    if (partitions > Era.STEP) {
      throw new IllegalArgumentException("at most " + Era.STEP + " partitions: " + partitions);
    }
    marks = new AtomicIntegerArray(partitions);
    for (int i = 0; i < partitions; i++) {
      marks.set(i, i);
    }
  }

  /** Returns the present era of a partition. */
  Era of(int partition) {
    if (!inUse) {
      inUse = true;
    }
    return new Era(marks.get(partition));
  }

  /** Whether an entry was filled in the present era of its partition. */
  boolean trusts(Entry<?> entry) {
    return isPresent(entry.era);
  }

  /** Whether an era is the present one of its partition. */
  boolean isPresent(Era era) {
    return isPresent(era.mark());
  }

  private boolean isPresent(int mark) {
    return marks.get(Era.partitionOf(mark)) == mark;
  }

  /** Whether anything was ever filled, so that there can be something to distrust. */
  boolean isInUse() {
    return inUse;
  }

  /** Ends the present era of a partition. */
  void end(int partition) {
    marks.addAndGet(partition, Era.STEP);
  }

  /** Ends the present eras of all partitions. */
  void endAll() {
    for (int i = 0; i < marks.length(); i++) {
      end(i);
    }
  }

  /** Returns the marks of the present eras. */
  int[] snapshot() {
    inUse = true;
    int[] copy = new int[marks.length()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = marks.get(i);
    }
    return copy;
  }

  /** Returns how many partitions there are. */
  int partitions() {
    return marks.length();
  }
}
