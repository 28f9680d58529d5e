package dev.corral.bench.history;

import static java.util.stream.Collectors.groupingBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When which version of which row was acknowledged to be out of date, by whom.
 *
 * <p>A read is <em>stale</em> if it returned a version older than one whose invalidation had
 * returned, on any node, before the read began.
 */
final class VersionHistory {
  private static final Acknowledgements NONE = new Acknowledgements(List.of());

  private record OfNode(int node, int key) {}

  private final Map<Integer, Acknowledgements> byKey = new HashMap<>();
  private final Map<OfNode, Acknowledgements> byNodeAndKey = new HashMap<>();

  VersionHistory(List<Invalidation> all) {
    all.stream()
        .collect(groupingBy(Invalidation::key))
        .forEach((key, some) -> byKey.put(key, new Acknowledgements(some)));
    all.stream()
        .collect(groupingBy(i -> new OfNode(i.node(), i.key())))
        .forEach((place, some) -> byNodeAndKey.put(place, new Acknowledgements(some)));
  }

  /** How long before the read began its version was known to be old; 0 if it was not. */
  long lateness(Read read) {
    return lateness(read, byKey.getOrDefault(read.key(), NONE));
  }

  /** Whether the node that read an old version had itself invalidated for a newer one before. */
  boolean ownNodeKnew(Read read) {
    var own = byNodeAndKey.getOrDefault(new OfNode(read.node(), read.key()), NONE);
    return lateness(read, own) > 0;
  }

  private static long lateness(Read read, Acknowledgements acknowledged) {
    long known = acknowledged.ofNewerThan(read.version());
    return known < read.begin() ? read.begin() - known : 0;
  }
}
