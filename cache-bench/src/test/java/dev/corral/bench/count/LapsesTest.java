package dev.corral.bench.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Times are small whole numbers here; a value lives for 100 after its load. */
class LapsesTest {
  private static final int KEY = 0;

  @Test
  void aLoadAfterEachLifetimeIsAnExpiryOfOneLoad() {
    var lapses = lapses(load(0, 10), load(110, 120), load(230, 240));

    assertThat(lapses).extracting(Lapse::loads).containsExactly(1, 1, 1);
  }

  @Test
  void onlyTheFirstLapseOfAKeyIsCold() {
    var lapses = lapses(load(0, 10), load(110, 120));

    assertThat(lapses).extracting(Lapse::cold).containsExactly(true, false);
  }

  @Test
  void loadsThatBeginBeforeTheFirstHasEndedBelongToIt() {
    var lapses = lapses(load(0, 50), load(1, 60), load(49, 90));

    assertThat(lapses).extracting(Lapse::loads).containsExactly(3);
  }

  @Test
  void aNeedlessLoadWhileTheValueIsFreshBelongsToTheLapseThatTheValueEnded() {
    var lapses = lapses(load(0, 10), load(12, 20), load(109, 115), load(110, 120));

    assertThat(lapses).extracting(Lapse::loads).containsExactly(3, 1);
  }

  @Test
  void theFirstLoadToEndMakesTheFreshValue() {
    var lapses = lapses(load(0, 90), load(5, 10), load(110, 120));

    assertThat(lapses).extracting(Lapse::loads).containsExactly(2, 1);
  }

  @Test
  void failedLoadsCountButMakeNoFreshValue() {
    var lapses = lapses(failed(0, 10), failed(200, 210), load(400, 410), load(510, 520));

    assertThat(lapses).extracting(Lapse::loads).containsExactly(3, 1);
  }

  @Test
  void nodesThatLoadEachForItselfShareOneLapse() {
    var lapses =
        lapses(
            new LoadEvent(0, 1, KEY, 0, 10, true),
            new LoadEvent(1, 1, KEY, 30, 40, true),
            new LoadEvent(2, 1, KEY, 60, 70, true),
            new LoadEvent(0, 1, KEY, 110, 120, true));

    assertThat(lapses).extracting(Lapse::loads).containsExactly(3, 1);
  }

  @Test
  void keysLapseEachForItself() {
    var lapses =
        Lapses.of(
            List.of(
                new LoadEvent(0, 1, 7, 0, 10, true),
                new LoadEvent(0, 2, 8, 5, 15, true),
                new LoadEvent(0, 1, 8, 40, 50, true)),
            key -> key == 7 ? 100 : 20);

    assertThat(lapses)
        .containsExactly(
            new Lapse(7, 0, 1, true), new Lapse(8, 5, 1, true), new Lapse(8, 40, 1, false));
  }

  @Test
  void theOrderInWhichNodesReportDoesNotMatter() {
    assertThat(lapses(load(110, 120), load(5, 50), load(0, 10)))
        .isEqualTo(lapses(load(0, 10), load(5, 50), load(110, 120)));
  }

  private static List<Lapse> lapses(LoadEvent... loads) {
    return Lapses.of(List.of(loads), key -> 100);
  }

  private static LoadEvent load(long begin, long end) {
    return new LoadEvent(0, 1, KEY, begin, end, true);
  }

  private static LoadEvent failed(long begin, long end) {
    return new LoadEvent(0, 1, KEY, begin, end, false);
  }
}
