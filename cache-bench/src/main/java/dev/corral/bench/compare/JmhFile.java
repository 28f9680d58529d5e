package dev.corral.bench.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.openjdk.jmh.util.Statistics;

/** Reads a file that JMH wrote with {@code -rf json}, and takes nothing else for one. */
public final class JmhFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final Set<String> MODES = Set.of("thrpt", "avgt", "sample", "ss");
  // JMH writes numbers that JSON does not have as text.
  private static final Set<String> UNKNOWN = Set.of("NaN", "+INF", "-INF", "Infinity");

  // The second is what older versions of JMH call it.
  private static final List<String> ALLOCATION =
      List.of("gc.alloc.rate.norm", "·gc.alloc.rate.norm");

  private final Path file;

  private JmhFile(Path file) {
    this.file = file;
  }

  /**
   * Returns the results of a file, in its order.
   *
   * @throws BadJmhFileException if it is not one of JMH's, or holds a benchmark twice
   */
  public static List<JmhResult> read(Path file) {
    return new JmhFile(file).results();
  }

  private List<JmhResult> results() {
    JsonNode root = json();
    if (!root.isArray()) {
      throw bad("is not JMH's: the whole must be an array of results");
    }
    if (root.isEmpty()) {
      throw bad("has no results: no benchmark ran");
    }
    List<JmhResult> results = new ArrayList<>();
    Set<BenchmarkId> known = new HashSet<>();
    for (JsonNode node : root) {
      JmhResult result = result(node);
      if (!known.add(result.id())) {
        throw bad("must hold each benchmark once, and has twice: " + result.id());
      }
      results.add(result);
    }
    return results;
  }

  private JsonNode json() {
    try {
      return JSON.readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw bad("is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw bad("cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private JmhResult result(JsonNode result) {
    String benchmark = text(result, "benchmark");
    String mode = text(result, "mode");
    if (!MODES.contains(mode)) {
      throw bad("mode of %s must be thrpt, avgt, sample or ss: %s".formatted(benchmark, mode));
    }
    JsonNode metric = result.path("primaryMetric");
    MeanAndError score = score(metric, benchmark);
    var id =
        new BenchmarkId(
            benchmark,
            mode,
            (int) number(result, "threads", benchmark),
            params(result.path("params")));
    List<Quantity> quantities = new ArrayList<>(primary(id, metric, score));
    ALLOCATION.stream()
        .map(result.path("secondaryMetrics")::path)
        .flatMap(counted -> RawData.iterations(counted).stream())
        .findFirst()
        .ifPresent(iterations -> quantities.add(Quantity.allocated(iterations)));
    return new JmhResult(id, Conditions.of(result), List.copyOf(quantities));
  }

  private MeanAndError score(JsonNode metric, String benchmark) {
    double score = number(metric, "score", benchmark);
    if (!(score > 0)) {
      throw bad("score of %s must be a positive number: %s".formatted(benchmark, score));
    }
    double error = number(metric, "scoreError", benchmark);
    if (error < 0) {
      throw bad("scoreError of %s must not be negative: %s".formatted(benchmark, error));
    }
    return new MeanAndError(score, error);
  }

  private List<Quantity> primary(BenchmarkId id, JsonNode metric, MeanAndError score) {
    String unit = text(metric, "scoreUnit");
    if (id.mode().equals("sample")) {
      List<Statistics> samples =
          RawData.samples(metric)
              .orElseThrow(() -> withoutForks(id.benchmark(), "rawDataHistogram"));
      return Stream.of(Measure.P50, Measure.P99, Measure.P999)
          .map(percentile -> Quantity.ofSamples(percentile, unit, samples, score))
          .toList();
    }
    Measure measure = id.mode().equals("thrpt") ? Measure.THROUGHPUT : Measure.TIME;
    Forks forks =
        RawData.iterations(metric)
            .map(Forks::ofMedians)
            .orElseThrow(() -> withoutForks(id.benchmark(), "rawData"));
    return List.of(new Quantity(measure, unit, forks, Optional.of(score), false));
  }

  private static Map<String, String> params(JsonNode params) {
    Map<String, String> all = new TreeMap<>();
    params.properties().forEach(param -> all.put(param.getKey(), param.getValue().asText()));
    return all;
  }

  private String text(JsonNode node, String field) {
    if (!node.path(field).isTextual()) {
      throw bad("is not JMH's: a result has no text \"" + field + "\"");
    }
    return node.path(field).textValue();
  }

  private double number(JsonNode node, String field, String benchmark) {
    JsonNode value = node.path(field);
    if (value.isTextual() && UNKNOWN.contains(value.textValue())) {
      return Double.NaN;
    }
    if (!value.isNumber()) {
      throw bad("is not JMH's: %s has no number \"%s\"".formatted(benchmark, field));
    }
    return value.doubleValue();
  }

  private BadJmhFileException withoutForks(String benchmark, String field) {
    return bad("is not JMH's: %s has no numbers of its forks, \"%s\"".formatted(benchmark, field));
  }

  private BadJmhFileException bad(String rule) {
    return new BadJmhFileException(file, rule);
  }
}
