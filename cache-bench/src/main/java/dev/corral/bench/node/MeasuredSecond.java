package dev.corral.bench.node;

import static java.util.stream.Collectors.toMap;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Counts the gets of one process that are due in one second. Thread-safe. */
final class MeasuredSecond {
  private static final int SIGNIFICANT_DIGITS = 3;

  private final Histogram latencies = new ConcurrentHistogram(SIGNIFICANT_DIGITS);
  private final LongAdder answered = new LongAdder();
  private final LongAdder notServed = new LongAdder();
  private final LongAdder wrongValues = new LongAdder();
  private final LongAdder stale = new LongAdder();
  private final LongAccumulator oldest = new LongAccumulator(Math::max, 0);
  private final LongAdder retries = new LongAdder();
  private final LongAccumulator longestHiccup = new LongAccumulator(Math::max, 0);
  private final Map<String, LongAdder> exceptions = new ConcurrentHashMap<>();

  void answered(long nanos) {
    answered.increment();
    latencies.recordValue(Math.max(0, nanos));
  }

  void notServed(long nanos) {
    notServed.increment();
    latencies.recordValue(Math.max(0, nanos));
  }

  void failed(Exception e) {
    exceptions.computeIfAbsent(e.getClass().getName(), name -> new LongAdder()).increment();
  }

  void wrongValue() {
    wrongValues.increment();
  }

  void age(long nanos, long lifetimeNanos) {
    oldest.accumulate(nanos);
    if (nanos > lifetimeNanos) {
      stale.increment();
    }
  }

  void hiccup(long nanos) {
    longestHiccup.accumulate(nanos);
  }

  void retried(long times) {
    retries.add(times);
  }

  Gets gets() {
    return new Gets(
        answered.sum(),
        notServed.sum(),
        wrongValues.sum(),
        stale.sum(),
        oldest.get(),
        longestHiccup.get(),
        retries.sum(),
        exceptions.entrySet().stream().collect(toMap(Map.Entry::getKey, e -> e.getValue().sum())),
        latencies.copy());
  }
}
