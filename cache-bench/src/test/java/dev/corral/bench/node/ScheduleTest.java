package dev.corral.bench.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
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

    var first = all.share(0, 2);
    var second = all.share(1, 2);

    assertThat(new int[] {first.key(0), second.key(0), first.key(1), second.key(1), first.key(2)})
        .containsExactly(10, 11, 12, 13, 14);
    assertThat(second.dueAt(1)).isEqualTo(all.dueAt(3));
    assertThat(first.size() + second.size()).isEqualTo(all.size());
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
