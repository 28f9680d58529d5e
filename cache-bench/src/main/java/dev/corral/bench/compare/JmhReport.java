package dev.corral.bench.compare;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.corral.bench.report.HtmlPage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Files of JMH as one page.
 *
 * @param groups what stands beside each other
 */
public record JmhReport(List<String> files, List<Beside> groups) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** What methods must have in common to be shown beside each other. */
  private record Setting(BenchmarkId id, Conditions conditions) {
    static Setting of(JmhResult result) {
      return new Setting(result.id().setting(), result.conditions());
    }

    String text() {
      String params =
          id.params().entrySet().stream()
              .map(param -> param.getKey() + " = " + param.getValue() + ", ")
              .collect(Collectors.joining());
      return "%s%d %s, %s"
          .formatted(params, id.threads(), id.threads() == 1 ? "thread" : "threads", id.mode());
    }
  }

  /**
   * Reads files.
   *
   * @param baseline the method that the others of its class are compared with
   * @throws BadJmhFileException if one is not a file of JMH
   */
  public static JmhReport of(List<Path> files, Optional<String> baseline) {
    List<Beside> groups = new ArrayList<>();
    for (Path file : files) {
      JmhFile.read(file).stream()
          .collect(groupingBy(Setting::of, LinkedHashMap::new, toList()))
          .forEach(
              (setting, results) ->
                  groups.addAll(
                      measures(
                          setting,
                          setting.conditions().text() + "; " + file.getFileName(),
                          results,
                          baseline.map(Contender::new))));
    }
    return new JmhReport(
        files.stream().map(file -> file.getFileName().toString()).toList(), groups);
  }

  private static List<Beside> measures(
      Setting setting, String facts, List<JmhResult> results, Optional<Contender> baseline) {
    List<Beside> measures = new ArrayList<>();
    for (Measure measure : Measure.values()) {
      Beside.of(setting.text(), facts, measure, results, baseline).ifPresent(measures::add);
    }
    return measures;
  }

  public boolean has(String method) {
    return groups.stream()
        .flatMap(group -> group.bars().stream())
        .anyMatch(bar -> bar.name().equals(method));
  }

  public String html() {
    try {
      return HtmlPage.of("jmh.html", "jmh.js", JSON.writeValueAsString(this));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A report is not JSON", e);
    }
  }

  /** Its tables, to be put into the documentation. */
  public String markdown() {
    return groups.stream().map(JmhMarkdown::of).collect(Collectors.joining(System.lineSeparator()));
  }
}
