package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.stats.StatsCounter;
import org.junit.jupiter.api.Test;

/** Who does the upkeep of the local tier. */
class LocalTierTest {

  private final HandExecutor others = new HandExecutor();
  private final LocalTier<Long, String> local =
      new LocalTier<>(10, new StatsCounter(), new Upkeep(others));

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

  private void fill() {
    local.fill(1L, Entry.of("value", 0, 0, 0, 1, 1, 0, Era.NONE, null));
  }
}
