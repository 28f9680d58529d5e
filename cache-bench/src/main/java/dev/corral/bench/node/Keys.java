package dev.corral.bench.node;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import dev.corral.bench.contender.Lifetimes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The keys of a run, by number and by name. */
final class Keys implements Lifetimes {
  private final List<Key> keys;
  private final Map<String, Integer> numbers;

  Keys(List<Key> keys) {
    this.keys = keys;
    numbers =
        IntStream.range(0, keys.size()).boxed().collect(toMap(i -> keys.get(i).name(), i -> i));
  }

  Key get(int number) {
    return keys.get(number);
  }

  int size() {
    return keys.size();
  }

  int number(String name) {
    return requireNonNull(numbers.get(name), name);
  }

  @Override
  public Duration of(String name) {
    return Duration.ofMillis(get(number(name)).ttlMillis());
  }
}
