package dev.corral.micrometer;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The meters of a registry as lines of a Markdown table, one a name. */
final class MeterTable {

  /** Tags whose values are the user's, or too many to be listed. */
  private static final Set<String> OPEN =
      Set.of("cache", "idempotency", "origin", "step", "region");

  private MeterTable() {}

  static List<String> lines(MeterRegistry registry) {
    Map<String, List<Meter>> byName = new TreeMap<>();
    for (Meter meter : registry.getMeters()) {
      byName.computeIfAbsent(meter.getId().getName(), name -> new ArrayList<>()).add(meter);
    }
    List<String> lines = new ArrayList<>();
    byName.forEach((name, meters) -> lines.add(line(name, meters)));
    return lines;
  }

  private static String line(String name, List<Meter> meters) {
    Meter.Id first = meters.get(0).getId();
    Map<String, Set<String>> tags = new TreeMap<>();
    for (Meter meter : meters) {
      for (Tag tag : meter.getId().getTags()) {
        tags.computeIfAbsent(tag.getKey(), key -> new TreeSet<>()).add(tag.getValue());
      }
    }
    String tagText =
        tags.entrySet().stream()
            .map(tag -> "`" + tag.getKey() + "`" + (OPEN.contains(tag.getKey()) ? "" : values(tag)))
            .collect(Collectors.joining(", "));
    String unit = first.getBaseUnit() == null ? "" : first.getBaseUnit();
    return "| `%s` | %s | %s | %s | %s |"
        .formatted(
            name,
            first.getType().name().toLowerCase(Locale.ROOT),
            unit,
            tagText,
            first.getDescription());
  }

  private static String values(Map.Entry<String, Set<String>> tag) {
    return " = " + String.join(" \\| ", tag.getValue());
  }
}
