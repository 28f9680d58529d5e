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
import java.util.Map;
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
  private record Setting(
      String type, String mode, String unit, int threads, Map<String, String> params, String jdk) {
    static Setting of(JmhScore score) {
      return new Setting(
          score.type(), score.mode(), score.unit(), score.threads(), score.params(), score.jdk());
    }

    String in(Path file) {
      String values =
          params.entrySet().stream()
              .map(param -> param.getKey() + " = " + param.getValue() + ", ")
              .collect(Collectors.joining());
      return "%s%d %s, %s, Java %s, %s"
          .formatted(
              values, threads, threads == 1 ? "thread" : "threads", mode, jdk, file.getFileName());
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
          .forEach((setting, some) -> groups.add(Beside.of(setting.in(file), some, baseline)));
    }
    return new JmhReport(
        files.stream().map(file -> file.getFileName().toString()).toList(), groups);
  }

  /** Whether any group has the baseline that was named. */
  public boolean hasBaseline() {
    return groups.stream().flatMap(group -> group.bars().stream()).anyMatch(Beside.Bar::baseline);
  }

  public String html() {
    try {
      return HtmlPage.of("jmh.html", "jmh.js", JSON.writeValueAsString(this));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A report is not JSON", e);
    }
  }
}
