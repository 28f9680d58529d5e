package dev.corral.bench.payments;

import java.net.http.HttpResponse;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what passes a hop, and what is broken there. */
final class HopCounts {
  private final PerSecond requests;
  private final PerSecond broken;
  private final LongAdder arrivals = new LongAdder();
  private final Map<HopFault, LongAdder> faults = new EnumMap<>(HopFault.class);
  private final LongAdder replays = new LongAdder();
  private final LongAdder inProgress = new LongAdder();
  private final LongAdder conflicts = new LongAdder();

  HopCounts(PerSecond requests, PerSecond broken) {
    this.requests = requests;
    this.broken = broken;
    for (HopFault fault : HopFault.values()) {
      faults.put(fault, new LongAdder());
    }
  }

  void arrived(HopFault fault) {
    arrivals.increment();
    requests.add();
    Objects.requireNonNull(faults.get(fault)).increment();
    if (fault != HopFault.NONE) {
      broken.add();
    }
  }

  void answered(HttpResponse<?> response) {
    if (response.headers().firstValue("Idempotency-Replayed").isPresent()) {
      replays.increment();
    }
    if (response.statusCode() == 409) {
      inProgress.increment();
    } else if (response.statusCode() == 422) {
      conflicts.increment();
    }
  }

  long arrivals() {
    return arrivals.sum();
  }

  long replays() {
    return replays.sum();
  }

  long inProgress() {
    return inProgress.sum();
  }

  long conflicts() {
    return conflicts.sum();
  }

  /** Returns how often each thing went wrong, by name. */
  Map<String, Long> faults() {
    Map<String, Long> sums = new TreeMap<>();
    faults.forEach((fault, count) -> sums.put(fault.name(), count.sum()));
    sums.remove(HopFault.NONE.name());
    return sums;
  }
}
