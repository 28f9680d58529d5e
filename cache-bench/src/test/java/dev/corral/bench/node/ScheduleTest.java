package dev.corral.bench.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduleTest {

  @Test
  void getsArriveAtTheRate() {
    assertThat(Schedule.lasting(Duration.ofSeconds(100), 100, 1).size())
        .isCloseTo(10_000, within(500));
  }

  @Test
  void sharesTakeTheGetsInTurn() {
    var all = Schedule.of(5, 1000, 1, i -> 10 + i);

    var dealt = all.deal(Roster.steady(2));
    var first = dealt.get(0);
    var second = dealt.get(1);

    assertThat(new int[] {first.key(0), second.key(0), first.key(1), second.key(1), first.key(2)})
        .containsExactly(10, 11, 12, 13, 14);
    assertThat(second.dueAt(1)).isEqualTo(all.dueAt(3));
    assertThat(first.size() + second.size()).isEqualTo(all.size());
  }

  @Test
  void whoHasLeftTakesNothingAndItsSuccessorTakesWhatItWouldHave() {
    var all = Schedule.of(2000, 1000, 1, i -> i);
    var roster = Roster.rolling(2, Duration.ofMillis(700), Duration.ofMillis(600));

    List<Schedule> dealt = all.deal(roster);

    List<Shift> shifts = roster.shifts();
    assertThat(shifts).hasSize(4);
    for (int process = 0; process < 4; process++) {
      Schedule part = dealt.get(process);
      assertThat(part.size()).isPositive();
      assertThat(part.dueAt(0)).isBetween(shifts.get(process).from(), shifts.get(process).to());
      assertThat(part.end()).isLessThan(shifts.get(process).to());
      assertThat(shifts.get(process).startAt()).isLessThanOrEqualTo(shifts.get(process).from());
    }
    assertThat(dealt.stream().mapToInt(Schedule::size).sum()).isEqualTo(all.size());
  }

  @Test
  void inEveryPeriodACrowdAsksForEachKeyAtItsMomentAndANodesPartAtOnce() {
    var period = Duration.ofMillis(100);
    var crowds = new Crowds(period, 2, 5, 2, Duration.ofMillis(10));

    List<Schedule> dealt = crowds.lasting(period.multipliedBy(3)).deal(Roster.steady(2));

    assertThat(dealt.stream().map(Schedule::size)).containsExactly(3 * 2 * 3, 3 * 2 * 2);
    Schedule second = dealt.get(1);
    long moment = Duration.ofMillis(150).toNanos(); // of the second key in the second period
    assertThat(second.key(6)).isEqualTo(1);
    assertThat(second.dueAt(6)).isBetween(moment, moment + Duration.ofMillis(10).toNanos());
    assertThat(second.dueAt(7)).isEqualTo(second.dueAt(6));
  }

  @Test
  void aTimeThatNobodyTakesIsRefused() {
    var leaving = new Roster(List.of(Shift.until(Duration.ofMillis(700))));

    assertThatThrownBy(() -> Schedule.of(2000, 1000, 1, i -> i).deal(leaving))
        .hasMessageContaining("Nobody takes gets at");
  }

  @Test
  void theSameSeedGivesTheSameTimes() {
    assertThat(Schedule.of(100, 5, 7, i -> i).end())
        .isEqualTo(Schedule.of(100, 5, 7, i -> i).end());
  }

  @Test
  void whatIsWrittenIsRead(@TempDir Path directory) throws Exception {
    var schedule = Schedule.of(3, 1000, 1, i -> i);

    schedule.write(directory.resolve("schedule"));
    var read = Schedule.read(directory.resolve("schedule"));

    assertThat(read.size()).isEqualTo(3);
    assertThat(read.end()).isEqualTo(schedule.end());
    assertThat(read.key(2)).isEqualTo(2);
  }
}
