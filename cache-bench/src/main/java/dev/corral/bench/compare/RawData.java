package dev.corral.bench.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.util.MultisetStatistics;
import org.openjdk.jmh.util.Statistics;

/** What JMH writes of the single forks of a metric; absent if it is not there, or not numbers. */
final class RawData {
  private RawData() {}

  /** The iterations of each fork. */
  static Optional<List<List<Double>>> iterations(JsonNode metric) {
    List<List<Double>> forks = new ArrayList<>();
    for (JsonNode fork : metric.path("rawData")) {
      List<Double> iterations = new ArrayList<>();
      for (JsonNode iteration : fork) {
        if (!iteration.isNumber()) {
          return Optional.empty();
        }
        iterations.add(iteration.doubleValue());
      }
      if (iterations.isEmpty()) {
        return Optional.empty();
      }
      forks.add(iterations);
    }
    return Optional.of(forks).filter(all -> !all.isEmpty());
  }

  /** The calls that each fork timed: its iterations hold pairs of a time and how often it was. */
  static Optional<List<Statistics>> samples(JsonNode metric) {
    List<Statistics> forks = new ArrayList<>();
    for (JsonNode fork : metric.path("rawDataHistogram")) {
      var samples = new MultisetStatistics();
      for (JsonNode iteration : fork) {
        for (JsonNode bucket : iteration) {
          if (!bucket.path(0).isNumber() || !bucket.path(1).isIntegralNumber()) {
            return Optional.empty();
          }
          samples.addValue(bucket.path(0).doubleValue(), bucket.path(1).longValue());
        }
      }
      if (samples.getN() == 0) {
        return Optional.empty();
      }
      forks.add(samples);
    }
    return Optional.of(forks).filter(all -> !all.isEmpty());
  }
}
