package dev.corral.bench.compare;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who is measured by a benchmark method, as its name tells: {@code corral}, with a variant after it
 * if there are several, is ours; all others are what it is held against.
 */
record Contender(String method) {
  private static final String OURS = "corral";
  // What people would use instead, then the least that any of it could cost.
  private static final List<String> BASELINES =
      List.of("caffeine", "jedis", "ping", "fresh", "mget");

  boolean isOurs() {
    return method.startsWith(OURS);
  }

  /**
   * The method to compare this one with: the first of {@code caffeine}, {@code jedis}, {@code
   * ping}, {@code fresh} and {@code mget} that is there, with the same variant ({@code jedisLarge}
   * for {@code corralLarge}) before one without; else the only one that is not ours. Absent if
   * there is none, or if it is this one.
   *
   * @param methods all that stand beside each other
   */
  Optional<Contender> baseline(Collection<Contender> methods) {
    return Stream.of(variant(), "")
        .flatMap(variant -> BASELINES.stream().map(name -> new Contender(name + variant)))
        .filter(methods::contains)
        .findFirst()
        .or(() -> onlyOther(methods))
        .filter(other -> !other.equals(this));
  }

  private String variant() {
    return isOurs() ? method.substring(OURS.length()) : "";
  }

  private static Optional<Contender> onlyOther(Collection<Contender> methods) {
    List<Contender> others = methods.stream().filter(method -> !method.isOurs()).toList();
    return others.size() == 1 ? Optional.of(others.get(0)) : Optional.empty();
  }
}
