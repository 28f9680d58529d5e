package dev.corral.bench.compare;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How a benchmark was run.
 *
 * @param vm name and version of the virtual machine
 * @param forks how many virtual machines ran it, one after another
 * @param warmUp of each fork, as "5 × 1 s"
 * @param measurement of each fork
 */
public record Conditions(String jdk, String vm, int forks, String warmUp, String measurement) {

  static Conditions of(JsonNode result) {
    return new Conditions(
        fact(result, "jdkVersion"),
        fact(result, "vmName") + " " + fact(result, "vmVersion"),
        result.path("forks").asInt(),
        fact(result, "warmupIterations") + " × " + fact(result, "warmupTime"),
        fact(result, "measurementIterations") + " × " + fact(result, "measurementTime"));
  }

  private static String fact(JsonNode result, String field) {
    return result.path(field).asText("unknown");
  }

  String text() {
    return "JDK %s, %s; %d %s, each %s to warm up and %s measured"
        .formatted(jdk, vm, forks, forks == 1 ? "fork" : "forks", warmUp, measurement);
  }
}
