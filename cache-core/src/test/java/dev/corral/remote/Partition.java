package dev.corral.remote;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The order of events among the keys of one partition. Guarded by the server's lock. */
final class Partition {

  // Random, so that what is left over from before a flush is not taken for what came after it.
  private long seq = ThreadLocalRandom.current().nextLong(1L << 51, 1L << 52);
  private long floor = seq;
  private final Map<String, Long> tags = new HashMap<>();

  long seq() {
    return seq;
  }

  /** Counts an invalidation, and returns its stamp. */
  long advance() {
    return ++seq;
  }

  /** Makes void whatever was stamped until now. */
  void clear() {
    floor = ++seq;
  }

  /** Counts the invalidation of a tag, and returns its seq. */
  long advance(String tag) {
    tags.put(tag, ++seq);
    return seq;
  }

  /** Whether a tag was not invalidated since this partition had come so far. */
  boolean holds(TagMark mark) {
    return !voids(mark.seq())
        && mark.seq() <= seq
        && tags.getOrDefault(mark.tag(), 0L) <= mark.seq();
  }

  /** Goes on from above a seq that was given out and forgotten. */
  void overtake(long forgotten) {
    if (seq < forgotten) {
      seq = forgotten;
      clear();
    }
  }

  /** Forgets the last invalidations, as a replica does that never got them. */
  void fallBackTo(long earlier) {
    seq = earlier;
  }

  boolean voids(long stamp) {
    return stamp < floor;
  }
}
