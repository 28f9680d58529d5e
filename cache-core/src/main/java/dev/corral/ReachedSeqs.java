package dev.corral;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How far each partition is known to have come: at least to here, however many of the messages on
 * the way were missed. Thread-safe.
 */
final class ReachedSeqs {

  private final AtomicLongArray seqs;

  ReachedSeqs(int partitions) {
    seqs = new AtomicLongArray(partitions);
  }

  void note(int partition, long seq) {
    seqs.accumulateAndGet(partition, seq, Math::max);
  }

  /** Counts an invalidation that this node alone knows of, and returns its seq. */
  long advance(int partition) {
    return seqs.incrementAndGet(partition);
  }

  /** Begins anew with another history. */
  void restart(int partition, long seq) {
    seqs.set(partition, seq);
  }

  long[] snapshot() {
    long[] copy = new long[seqs.length()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = seqs.get(i);
    }
    return copy;
  }
}
