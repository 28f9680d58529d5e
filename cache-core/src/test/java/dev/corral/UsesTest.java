package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When uses are told again. */
class UsesTest {

  private final Uses uses = new Uses(160);

  @Test
  void aRoundEndsWhenASixteenthHasBeenFilledIn() {
    short first = uses.round();

    fill(9);
    assertThat(uses.round()).isEqualTo(first);

    fill(1);
    assertThat(uses.round()).isNotEqualTo(first);
  }

  @Test
  void inASmallTierEachFillEndsOne() {
    var small = new Uses(3);
    short first = small.round();

    small.filled();

    assertThat(small.round()).isNotEqualTo(first);
  }

  // Else a use in one of them would be taken for told in the next.
  @Test
  void threadsThatFindOneFullEndItOnce() {
    var large = new Uses(16_000);
    int rounds = 2_000;

    IntStream.range(0, rounds * 1_000).parallel().forEach(i -> large.filled());

    // Of each round, as many fills as there are other threads may be counted in none.
    assertThat(large.round()).isBetween((short) (rounds / 2), (short) (rounds + 1));
  }

  private void fill(int times) {
    for (int i = 0; i < times; i++) {
      uses.filled();
    }
  }
}
