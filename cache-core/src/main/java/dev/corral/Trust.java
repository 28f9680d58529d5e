package dev.corral;

import dev.corral.remote.RemoteRegion;
import dev.corral.remote.TagMark;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What this process can be sure of: whether an entry may be served without asking the remote tier
 * whether it is still good. A hit of an entry without tags costs one read of an array.
 */
final class Trust {

  final Eras eras;
  final ReachedSeqs reached;

  private final ReentrantLock voiding = new ReentrantLock();
  private final VoidedTags voided = new VoidedTags(); // written under voiding

  Trust(int partitions) {
    eras = new Eras(partitions);
    reached = new ReachedSeqs(partitions);
  }

  /** Whether an entry is known to be good, as far as messages tell. */
  boolean in(Entry<?> entry) {
    return eras.trusts(entry) && inTagsOf(entry);
  }

  /** Whether the tags of an entry are known to be good; it may have none. */
  boolean inTagsOf(Entry<?> entry) {
    EntryTags tags = entry.tags();
    return tags == null || inAll(tags);
  }

  private boolean inAll(EntryTags tags) {
    List<TagMark> marks = tags.marks();
    for (int i = 0; i < marks.size(); i++) {
      TagMark mark = marks.get(i);
      if (!eras.isPresent(tags.eras().get(i)) || voided.voids(mark.tag(), mark.seq())) {
        return false;
      }
    }
    return true;
  }

  /** Whether an entry is known to be void, so that there is nothing left to ask. */
  boolean isVoid(Entry<?> entry) {
    EntryTags tags = entry.tags();
    return tags != null
        && tags.marks().stream().anyMatch(mark -> voided.voids(mark.tag(), mark.seq()));
  }

  /** Returns what is known now, to be asked before a load whose value may bear tags. */
  Moment now() {
    // The seqs first: of what comes in between, the era that ends then is the one that counts.
    long[] seqs = reached.snapshot();
    return new Moment(seqs, eras.snapshot());
  }

  /** Returns tags that were stored with a value, before it is asked whether they hold. */
  EntryTags tags(List<TagMark> marks) {
    return new EntryTags(
        marks, marks.stream().map(mark -> eras.of(partitionOf(mark.tag()))).toList());
  }

  /** Makes void whatever bears a tag and was loaded before its partition counted so far. */
  void voidTag(String tag, long seq) {
    reached.note(partitionOf(tag), seq);
    voiding.lock();
    try {
      if (voided.note(tag, seq)) {
        // The eras first: a tag that is forgotten before would be taken to be good in between.
        eras.endAll();
        voided.forgetAll();
      }
    } finally {
      voiding.unlock();
    }
  }

  /** Makes void whatever bears a tag, where no remote tier counts. */
  void voidTag(String tag) {
    voidTag(tag, reached.advance(partitionOf(tag)));
  }

  /**
   * Begins anew with another history of a partition, of which nothing is trusted any more. Whoever
   * calls this suspects the partition afterwards: what is loaded in between may have seen the seq
   * of the old history.
   */
  void restart(int partition, long seq) {
    // The era first, as above.
    eras.end(partition);
    reached.restart(partition, seq);
    voiding.lock();
    try {
      voided.forget(tag -> partitionOf(tag) == partition);
    } finally {
      voiding.unlock();
    }
  }

  int partitionOf(String tag) {
    return partitionOf(tag, eras.partitions());
  }

  static int partitionOf(String tag, int partitions) {
    return partitions == 1 ? 0 : RemoteRegion.partitionOf(tag);
  }
}
