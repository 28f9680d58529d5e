package dev.corral.origin;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts what an origin sees. */
final class OriginCounts {

  final LongAdder loads = new LongAdder();
  final LongAdder attempts = new LongAdder();
  final LongAdder failures = new LongAdder();
  final LongAdder retries = new LongAdder();
  final LongAdder retriesRefused = new LongAdder();
  private final Map<Limit, LongAdder> rejected = new EnumMap<>(Limit.class);

  OriginCounts() {
    for (Limit limit : Limit.values()) {
      rejected.put(limit, new LongAdder());
    }
  }

  void rejected(Limit limit) {
    Objects.requireNonNull(rejected.get(limit)).increment();
  }

  Map<Limit, Long> rejected() {
    Map<Limit, Long> sums = new EnumMap<>(Limit.class);
    rejected.forEach((limit, count) -> sums.put(limit, count.sum()));
    return sums;
  }
}
