package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.stats.StatsCounter;
import org.junit.jupiter.api.Test;

/** Who does the upkeep of the local tier, and what is told of its uses. */
class LocalTierTest {

  private static final int SIZE = 10;

  private final HandExecutor others = new HandExecutor();
  private final LocalTier<Long, String> local =
      new LocalTier<>(SIZE, new StatsCounter(), new Upkeep(others));

  @Test
  void whoeverFillsItTidiesUp() {
    fill();

    assertThat(others.waiting()).isZero();
  }

  // Messages of other nodes are handled one at a time, by one thread.
  @Test
  void whoeverDropsAnEntryLeavesThatToOthers() {
    fill();

    local.drop(1L);

    assertThat(local.find(1L)).isNull();
    assertThat(others.waiting()).isOne();
    others.runAll();
  }

  @Test
  void aHitTellsNothingAsLongAsNothingIsFilledIn() {
    fillAll();
    hitAll();
    others.runAll();

    for (int i = 0; i < 1_000; i++) {
      hitAll();
    }

    // Each use that is told goes through a buffer that somebody has to empty.
    assertThat(others.waiting()).isZero();
  }

  private void fillAll() {
    for (long key = 1; key <= SIZE; key++) {
      fill(key);
    }
  }

  private void hitAll() {
    for (long key = 1; key <= SIZE; key++) {
      assertThat(local.find(key)).isNotNull();
    }
  }

  private void fill() {
    fill(1L);
  }

  private void fill(long key) {
    local.fill(key, Entry.of("value", 0, 0, 0, 1, 1, 0, Era.NONE, null));
  }
}
