package dev.corral;

import dev.corral.remote.RemoteRegion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Up to where this node knows of each partition's invalidations, and so which of them it has
 * missed. Every invalidation counts its partition's seq and travels with it: a message that does
 * not follow the last one tells of a hole, and a seq that the store has reached for a whole sync
 * interval without a message tells of silence. Thread-safe.
 *
 * <p>Everything up to {@code heard} is accounted for: its message has come, or its partition was
 * suspected since. What is returned as suspect is for the caller to act upon; it is not returned
 * again.
 */
final class HeardSeqs {

  /** Before the first answer of the store, and after it lost its history. */
  private static final long NOTHING = RemoteRegion.NO_HISTORY;

  /**
   * By how much a seq may fall back and still be of the same history. Histories begin at random
   * places, so that another one is hardly ever so near.
   */
  private static final long FARTHEST_FALL = 1L << 32;

  // guarded by this
  private final ReachedSeqs reached;
  private final long[] heard;
  private final long[] awaited;
  private final long[] beforeQuestion;

  /** What a store has forgotten of a partition: it is behind what it once gave out. */
  record Forgotten(int partition, long seq) {}

  /**
   * What an answer of the store has brought to light.
   *
   * @param restarted the partitions that have fallen back, or begun another history
   */
  record Findings(BitSet suspects, BitSet restarted, List<Forgotten> forgotten) {}

  HeardSeqs(int partitions, ReachedSeqs reached) {
    this.reached = reached;
    heard = new long[partitions];
    awaited = new long[partitions];
    beforeQuestion = new long[partitions];
  }

  /**
   * Notes a message.
   *
   * @return whether messages before it have been missed
   */
  synchronized boolean heard(int partition, long seq) {
    reached.note(partition, seq);
    long last = heard[partition];
    if (last == NOTHING || seq <= last) {
      // Not begun; or a message that came twice or late, which told nothing new.
      return false;
    }
    heard[partition] = seq;
    return seq != last + 1;
  }

  /**
   * Begins a question to the store for all seqs.
   *
   * @return the partitions of which the last answer spoke of something that has not come since
   */
  synchronized BitSet ask() {
    BitSet silent = new BitSet(heard.length);
    for (int i = 0; i < heard.length; i++) {
      if (heard[i] != NOTHING && heard[i] < awaited[i]) {
        silent.set(i);
        heard[i] = awaited[i];
      }
    }
    // What came before the question was sent cannot be ahead of the answer, unless the store has
    // fallen back.
    System.arraycopy(heard, 0, beforeQuestion, 0, heard.length);
    return silent;
  }

  /**
   * Takes the store's answer.
   *
   * @param seqs of each partition, as {@link RemoteRegion#seqs} gives them
   * @param afterPause whether messages could not come for a while: then what is ahead of what was
   *     heard counts as missed at once
   */
  synchronized Findings answered(long[] seqs, boolean afterPause) {
    BitSet suspects = new BitSet(heard.length);
    BitSet restarted = new BitSet(heard.length);
    List<Forgotten> forgotten = new ArrayList<>();
    for (int i = 0; i < heard.length; i++) {
      long seq = seqs[i];
      long before = beforeQuestion[i];
      if (seq == RemoteRegion.UNKNOWN_SEQ) {
        continue;
      }
      if (before == NOTHING ? seq != NOTHING : seq < before) {
        suspects.set(i);
        if (seq != NOTHING && before - seq > 0 && before - seq <= FARTHEST_FALL) {
          forgotten.add(new Forgotten(i, before));
        }
        if (seq < before) {
          restarted.set(i);
        }
        heard[i] = seq;
      } else if (afterPause && seq > before) {
        suspects.set(i);
        heard[i] = Math.max(heard[i], seq);
      }
      reached.note(i, seq);
      awaited[i] = seq;
    }
    return new Findings(suspects, restarted, forgotten);
  }

  @Override
  public synchronized String toString() {
    return Arrays.toString(heard);
  }
}
