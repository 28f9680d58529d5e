package dev.corral.bench.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corral.bench.contender.Page;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * What one process notes of the gets that are due in its window; the others it ignores. Times are
 * in nanoseconds after the beginning. Thread-safe.
 */
final class Measure {
  private final long windowFrom;
  private final List<MeasuredSecond> seconds;
  private final LongAdder gets = new LongAdder();
  private final LongAdder errors = new LongAdder();

  Measure(long windowFrom, long windowTo) {
    this.windowFrom = windowFrom;
    seconds = Stream.generate(MeasuredSecond::new).limit(secondOf(windowTo - 1) + 1L).toList();
  }

  /** Notes a get that was answered, with a value or an exception. */
  void answered(long dueAt, long at) {
    if (inWindow(dueAt)) {
      gets.increment();
      second(dueAt).answered(at - dueAt);
    }
  }

  /** Notes a get that nobody came to: its latency is what it had waited when the node closed. */
  void notServed(long dueAt, long closing) {
    if (inWindow(dueAt)) {
      second(dueAt).notServed(closing - dueAt);
    }
  }

  void failed(long dueAt, Exception e) {
    if (inWindow(dueAt)) {
      errors.increment();
      second(dueAt).failed(e);
    }
  }

  /** The check of a page whose row is at rest. */
  PageCheck check(Keys keys) {
    return (get, dueAt, key, page, askedAt) -> check(dueAt, keys.get(key), page, askedAt);
  }

  /** Compares a page with what the database holds, and looks at its age when it was asked for. */
  void check(long dueAt, Key key, Page page, long askedAt) {
    if (!inWindow(dueAt)) {
      return;
    }
    if (!md5(page.content()).equals(key.checksum())) {
      errors.increment();
      second(dueAt).wrongValue();
    }
    second(dueAt).age(askedAt - page.loadedAt(), TimeUnit.MILLISECONDS.toNanos(key.ttlMillis()));
  }

  /** Notes that the process was kept from running. */
  void hiccup(long at, long nanos) {
    if (inWindow(at) && secondOf(at) < seconds.size()) {
      second(at).hiccup(nanos);
    }
  }

  /** Notes loader calls that were not the first of their load. */
  void retried(long at, long times) {
    if (inWindow(at) && secondOf(at) < seconds.size()) {
      second(at).retried(times);
    }
  }

  long gets() {
    return gets.sum();
  }

  long errors() {
    return errors.sum();
  }

  NodeReport report() {
    return NodeReport.of(seconds.stream().map(MeasuredSecond::gets).toList());
  }

  private boolean inWindow(long dueAt) {
    return dueAt >= windowFrom;
  }

  private MeasuredSecond second(long dueAt) {
    return seconds.get(secondOf(dueAt));
  }

  private int secondOf(long dueAt) {
    return (int) TimeUnit.NANOSECONDS.toSeconds(dueAt - windowFrom);
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
