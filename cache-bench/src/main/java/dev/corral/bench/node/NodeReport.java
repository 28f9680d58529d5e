package dev.corral.bench.node;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * What one process measured in each second of the window, as it stands in its file; its load events
 * are in a file of their own.
 */
record NodeReport(List<Second> seconds) {

  static NodeReport of(List<Gets> seconds) {
    return new NodeReport(seconds.stream().map(Second::of).toList());
  }

  List<Gets> gets() {
    return seconds.stream().map(Second::gets).toList();
  }

  /**
   * The gets that were due in one second.
   *
   * @param latencies an HdrHistogram of nanoseconds, in Base64
   */
  record Second(
      long answered,
      long notServed,
      long wrongValues,
      long stale,
      long oldestNanos,
      long hiccupNanos,
      long retries,
      Map<String, Long> exceptions,
      String latencies) {

    private static Second of(Gets gets) {
      return new Second(
          gets.answered(),
          gets.notServed(),
          gets.wrongValues(),
          gets.stale(),
          gets.oldestNanos(),
          gets.hiccupNanos(),
          gets.retries(),
          gets.exceptions(),
          encode(gets.latencies()));
    }

    private Gets gets() {
      return new Gets(
          answered,
          notServed,
          wrongValues,
          stale,
          oldestNanos,
          hiccupNanos,
          retries,
          exceptions,
          decode(latencies));
    }

    private static String encode(Histogram histogram) {
      ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
      int length = histogram.encodeIntoCompressedByteBuffer(buffer);
      return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }

    private static Histogram decode(String base64) {
      try {
        return Histogram.decodeFromCompressedByteBuffer(
            ByteBuffer.wrap(Base64.getDecoder().decode(base64)), 0);
      } catch (DataFormatException e) {
        throw new NodeException("A node left a histogram that cannot be read: " + e.getMessage());
      }
    }
  }
}
