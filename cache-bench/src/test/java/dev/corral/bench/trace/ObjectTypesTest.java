package dev.corral.bench.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectTypesTest {
  private static final Duration TTL = Duration.ofSeconds(8);

  @Test
  void theTopFiveBitsAreTheTypeIfTheyDiffer() {
    var types = ObjectTypes.of(new Trace(List.of("5", "4294967295", "134217728"), true));

    assertThat(types.any()).isTrue();
    assertThat(types.of("5")).isZero();
    assertThat(types.of("134217728")).isEqualTo(1);
    assertThat(types.of("4294967295")).isEqualTo(31);
  }

  @Test
  void typesThatFollowEachOtherHaveDifferentLifetimes() {
    var types = ObjectTypes.of(new Trace(List.of("5", "4294967295"), true));

    assertThat(types.lifetime(17, TTL)).isNotEqualTo(types.lifetime(18, TTL));
    assertThat(types.lifetime(1, TTL)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void keysWithEqualTopBitsHaveNoTypes() {
    var types = ObjectTypes.of(new Trace(List.of("5", "6"), true));

    assertThat(types.any()).isFalse();
    assertThat(types.lifetime(types.of("6"), TTL)).isEqualTo(TTL);
  }

  @Test
  void textHasNoTypes() {
    assertThat(ObjectTypes.of(new Trace(List.of("5", "product 7"), false)).any()).isFalse();
  }
}
