package dev.corral.bench.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HopFaultTest {

  private static List<HopFault> drawn(long seed, int hop) {
    return IntStream.range(0, 10_000)
        .mapToObj(payment -> HopFault.draw(seed, hop, payment, 1 + payment % 3))
        .toList();
  }

  @Test
  void aSeedDrawsTheSameAndAnotherOneOrAnotherHopDoesNot() {
    assertThat(drawn(1, 1)).isEqualTo(drawn(1, 1)).isNotEqualTo(drawn(2, 1));
    assertThat(drawn(1, 1)).isNotEqualTo(drawn(1, 2));
    assertThat(Payment.draw(1, 100)).isEqualTo(Payment.draw(1, 100));
    assertThat(Payment.draw(1, 100)).doesNotContainAnyElementsOf(Payment.draw(2, 100));
  }

  @Test
  void everyFaultComesAboutAsOftenAsItShould() {
    Map<HopFault, Integer> times = new EnumMap<>(HopFault.class);
    drawn(7, 1).forEach(fault -> times.merge(fault, 1, Integer::sum));

    assertThat(times).containsOnlyKeys(Arrays.asList(HopFault.values()));
    assertThat(times.get(HopFault.NONE)).isBetween(9_100, 9_300);
    assertThat(times.get(HopFault.UNAVAILABLE)).isBetween(140, 260);
    assertThat(times.get(HopFault.HANGS_AFTER)).isBetween(20, 90);
  }
}
