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

  private final AtomicIntegerArray numbers;
  private volatile boolean inUse;

  Eras(int partitions) {
    numbers = new AtomicIntegerArray(partitions);
  }

  /** Returns the present era of a partition. */
  Era of(int partition) {
    if (!inUse) {
      inUse = true;
    }
    return new Era(partition, numbers.get(partition));
  }

  /** Whether an entry was filled in the present era of its partition. */
  boolean trusts(Entry<?> entry) {
    return numbers.get(entry.partition) == entry.era;
  }

  /** Whether an era is the present one of its partition. */
  boolean isPresent(Era era) {
    return numbers.get(era.partition()) == era.number();
  }

  /** Whether anything was ever filled, so that there can be something to distrust. */
  boolean isInUse() {
    return inUse;
  }

  /** Ends the present era of a partition. */
  void end(int partition) {
    numbers.incrementAndGet(partition);
  }

  /** Ends the present eras of all partitions. */
  void endAll() {
    for (int i = 0; i < numbers.length(); i++) {
      end(i);
    }
  }

  /** Returns the numbers of the present eras. */
  int[] snapshot() {
    inUse = true;
    int[] copy = new int[numbers.length()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = numbers.get(i);
    }
    return copy;
  }

  /** Returns how many partitions there are. */
  int partitions() {
    return numbers.length();
  }
}
