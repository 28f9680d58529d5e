package dev.corral;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

/** The tags that were invalidated, as far as this node knows, each with its last time. Bounded. */
final class VoidedTags {

  private static final int MOST = 100_000;

  private final ConcurrentMap<String, Long> seqs = new ConcurrentHashMap<>();

  /**
   * Notes an invalidation.
   *
   * @return whether there are too many by now, so that all are to be {@linkplain #forgetAll
   *     forgotten}, once nothing that bears tags is trusted any more
   */
  boolean note(String tag, long seq) {
    seqs.merge(tag, seq, Math::max);
    return seqs.size() > MOST;
  }

  void forgetAll() {
    seqs.clear();
  }

  /** Whether a tag was invalidated after its partition had come so far. */
  boolean voids(String tag, long seq) {
    Long last = seqs.get(tag);
    return last != null && last > seq;
  }

  void forget(Predicate<String> tags) {
    seqs.keySet().removeIf(tags);
  }
}
