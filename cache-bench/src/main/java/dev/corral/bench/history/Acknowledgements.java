package dev.corral.bench.history;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * For one key: from when on a version was not to be read any more, as a newer one had been
 * invalidated for.
 */
final class Acknowledgements {
  /** No newer version was acknowledged. */
  static final long NEVER = Long.MAX_VALUE;

  private final long[] version; // ascending
  // The earliest acknowledgement of this version or a later one. Not always its own: of two
  // writers, the one with the newer version may be told first.
  private final long[] earliest;

  /** Takes the invalidations of one key; those that failed promise nothing. */
  Acknowledgements(List<Invalidation> ofKey) {
    List<Invalidation> known =
        ofKey.stream()
            .filter(Invalidation::ok)
            .sorted(Comparator.comparingLong(Invalidation::version))
            .toList();
    version = known.stream().mapToLong(Invalidation::version).toArray();
    earliest = known.stream().mapToLong(Invalidation::returned).toArray();
    for (int i = earliest.length - 2; i >= 0; i--) {
      earliest[i] = Math.min(earliest[i], earliest[i + 1]);
    }
  }

  /** When it was first acknowledged that there is something newer than this version. */
  long ofNewerThan(long read) {
    int found = Arrays.binarySearch(version, read + 1);
    int next = found >= 0 ? found : -found - 1;
    return next == version.length ? NEVER : earliest[next];
  }
}
