package dev.corral.micrometer;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the meters of a registry show, by name and tags. Of a timer, how often it was used. */
final class MeterValues {

  private MeterValues() {}

  static Map<String, Double> of(MeterRegistry registry) {
    Map<String, Double> values = new TreeMap<>();
    for (Meter meter : registry.getMeters()) {
      Measurement first = meter.measure().iterator().next();
      values.put(name(meter.getId()), first.getValue());
    }
    return values;
  }

  static Map<String, Double> notZero(MeterRegistry registry) {
    Map<String, Double> values = of(registry);
    values.values().removeIf(value -> value == 0);
    return values;
  }

  private static String name(Meter.Id id) {
    if (id.getTags().isEmpty()) {
      return id.getName();
    }
    return id.getTags().stream()
        .map(tag -> tag.getKey() + "=" + tag.getValue())
        .collect(Collectors.joining(",", id.getName() + "{", "}"));
  }
}
