package dev.corral.bench.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import dev.corral.bench.contender.Page;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * What one node notes of the gets that are due in its window; the others it ignores. Times are in
 * nanoseconds after the beginning. Thread-safe.
 */
final class Measure {
  private static final int SIGNIFICANT_DIGITS = 3;

  private final long windowFrom;
  private final Histogram[] latencies; // of the gets that were due in each second
  private final LongAdder gets = new LongAdder();
  private final LongAdder notServed = new LongAdder();
  private final LongAdder wrongValues = new LongAdder();
  private final LongAdder stale = new LongAdder();
  private final LongAccumulator oldest = new LongAccumulator(Math::max, 0);
  private final Map<String, LongAdder> exceptions = new ConcurrentHashMap<>();

  Measure(long windowFrom, long windowTo) {
    this.windowFrom = windowFrom;
    int seconds = secondOf(windowTo - 1) + 1;
    latencies =
        Stream.generate(() -> new ConcurrentHistogram(SIGNIFICANT_DIGITS))
            .limit(seconds)
            .toArray(Histogram[]::new);
  }

  /** Notes a get that was answered, with a value or an exception. */
  void answered(long dueAt, long at) {
    if (inWindow(dueAt)) {
      gets.increment();
      record(dueAt, at - dueAt);
    }
  }

  /** Notes a get that nobody came to: its latency is what it had waited when the node closed. */
  void notServed(long dueAt, long closing) {
    if (inWindow(dueAt)) {
      notServed.increment();
      record(dueAt, closing - dueAt);
    }
  }

  void failed(long dueAt, Exception e) {
    if (inWindow(dueAt)) {
      exceptions.computeIfAbsent(e.getClass().getName(), name -> new LongAdder()).increment();
    }
  }

  /** Compares a page with what the database holds, and looks at its age when it was asked for. */
  void check(long dueAt, Key key, Page page, long askedAt) {
    if (!inWindow(dueAt)) {
      return;
    }
    if (!md5(page.content()).equals(key.checksum())) {
      wrongValues.increment();
    }
    long age = askedAt - page.loadedAt();
    oldest.accumulate(age);
    if (age > TimeUnit.MILLISECONDS.toNanos(key.ttlMillis())) {
      stale.increment();
    }
  }

  long gets() {
    return gets.sum();
  }

  long errors() {
    return wrongValues.sum() + exceptions.values().stream().mapToLong(LongAdder::sum).sum();
  }

  NodeReport report() {
    return new NodeReport(
        gets.sum(),
        notServed.sum(),
        wrongValues.sum(),
        stale.sum(),
        oldest.get(),
        exceptions.entrySet().stream().collect(toMap(Map.Entry::getKey, e -> e.getValue().sum())),
        Arrays.stream(latencies).map(Measure::base64).toList());
  }

  private boolean inWindow(long dueAt) {
    return dueAt >= windowFrom;
  }

  private void record(long dueAt, long nanos) {
    latencies[secondOf(dueAt)].recordValue(Math.max(0, nanos));
  }

  private int secondOf(long dueAt) {
    return (int) TimeUnit.NANOSECONDS.toSeconds(dueAt - windowFrom);
  }

  private static String base64(Histogram histogram) {
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoCompressedByteBuffer(buffer);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
  }

  private static String md5(String content) {
    try {
      byte[] digest = MessageDigest.getInstance("MD5").digest(content.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has MD5", e);
    }
  }
}
