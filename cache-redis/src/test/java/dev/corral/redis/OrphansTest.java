package dev.corral.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.HandScheduler;
import dev.corral.remote.RemoteStoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class OrphansTest {

  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final HandScheduler timer = new HandScheduler();
  private final List<List<ScriptCall>> sent = new ArrayList<>();
  private final Orphans orphans = new Orphans(timer, this::send);
  private final List<ScriptCall> one = release();
  private final List<ScriptCall> other = release();
  private boolean away;

  private static List<ScriptCall> release() {
    return List.of(new ScriptCall(LuaScript.load("release"), List.of(), List.of()));
  }

  private void send(List<ScriptCall> calls) {
    sent.add(calls);
    if (away) {
      throw new RemoteStoreException("away");
    }
  }

  @Test
  void eachIsReleasedTwiceSomeTimeApartAndThenForgotten() {
    orphans.add(one);
    assertThat(sent).isEmpty();

    timer.advance(PAUSE);
    assertThat(sent).containsExactly(one);
    timer.advance(PAUSE);
    assertThat(sent).containsExactly(one, one);

    timer.advance(LONGEST_PAUSE.multipliedBy(10));
    assertThat(sent).hasSize(2);
  }

  @Test
  void thoseThatWaitAreReleasedTogether() {
    orphans.add(one);
    orphans.add(other);

    timer.advance(PAUSE);

    assertThat(sent).singleElement().satisfies(calls -> assertThat(calls).hasSize(2));
  }

  @Test
  void whatFailsIsTriedAgainAtLeastOnceASecondHoweverLongRedisIsAway() {
    away = true;
    orphans.add(one);
    for (int second = 1; second <= 60; second++) {
      timer.advance(LONGEST_PAUSE);
      assertThat(sent).hasSize(second);
    }

    away = false;
    timer.advance(LONGEST_PAUSE);
    timer.advance(PAUSE);
    assertThat(sent).hasSize(62);
    timer.advance(LONGEST_PAUSE);
    assertThat(sent).hasSize(62);
  }

  @Test
  void onceTheStoreIsClosedLeasesAreLeftToTheirEnd() {
    var ended = Executors.newSingleThreadScheduledExecutor();
    ended.shutdown();

    new Orphans(ended, this::send).add(one);

    assertThat(ended.isTerminated()).isTrue();
    assertThat(sent).isEmpty();
  }
}
