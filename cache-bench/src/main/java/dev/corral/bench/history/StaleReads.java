package dev.corral.bench.history;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The stale reads among those that began in a stretch of time.
 *
 * @param reads all of them, stale or not
 * @param stale how many returned a version that was acknowledged to be old before they began
 * @param longestNanos how long before, at most
 * @param ownNode how many of the stale ones were on a node that had itself invalidated for a newer
 *     version before
 * @param otherNodes how many were on nodes that had not
 * @param arrivedLate how many returned a value that no earlier read of that node had in hand, or
 *     was about to get, when the acknowledgement came: the node got it afterwards, from Redis or
 *     from a load that read an old row
 */
public record StaleReads(
    long reads, long stale, long longestNanos, long ownNode, long otherNodes, long arrivedLate) {

  /** A value that one load brought, in the hands of one node. */
  private record Held(int node, int key, long version, long loadedAt) {
    static Held by(Read read) {
      return new Held(read.node(), read.key(), read.version(), read.loadedAt());
    }
  }

  /**
   * Checks every read that began in {@code [from, to)} against all invalidations.
   *
   * @param history also of what was before: it tells what was in hand
   */
  public static StaleReads in(History history, long from, long to) {
    var versions = new VersionHistory(history.invalidations());
    Map<Held, Long> firstBegin = new HashMap<>();
    history.reads().forEach(read -> firstBegin.merge(Held.by(read), read.begin(), Math::min));
    List<Read> inTime =
        history.reads().stream().filter(r -> r.begin() >= from && r.begin() < to).toList();
    List<Read> stale = inTime.stream().filter(read -> versions.lateness(read) > 0).toList();
    long ownNode = stale.stream().filter(versions::ownNodeKnew).count();
    return new StaleReads(
        inTime.size(),
        stale.size(),
        stale.stream().mapToLong(versions::lateness).max().orElse(0),
        ownNode,
        stale.size() - ownNode,
        stale.stream().filter(read -> arrivedLate(read, versions, firstBegin)).count());
  }

  /**
   * A get that begins before the acknowledgement may bring the old value into the node, whichever
   * tier or load has it, and later gets find it there until the node is told. If the first get that
   * returned the value began after the acknowledgement, then something handed it out that already
   * knew better.
   */
  private static boolean arrivedLate(
      Read read, VersionHistory versions, Map<Held, Long> firstBegin) {
    long acknowledged = read.begin() - versions.lateness(read);
    return firstBegin.getOrDefault(Held.by(read), read.begin()) > acknowledged;
  }
}
