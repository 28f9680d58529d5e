package dev.corral.bench.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.bench.count.Phase;
import dev.corral.servers.RedisServer;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

@Timeout(60)
class FaultsTest {
  private static final RedisServer REDIS = RedisServer.start();
  private static final Site SITE =
      new Site() {
        @Override
        public RedisServer redis() {
          return REDIS;
        }

        @Override
        public Connection connect() {
          throw new UnsupportedOperationException("there is no database here");
        }

        @Override
        public Connection connectBeside() {
          throw new UnsupportedOperationException("there is no database here");
        }
      };
  private static final int ANSWER_LIMIT_MILLIS = 200;

  private final List<String> happened = new CopyOnWriteArrayList<>();

  @AfterAll
  static void close() {
    REDIS.close();
  }

  @Test
  void phasesFollowEachOther() {
    var timeline =
        Timeline.empty().calm("before", 5).fault("broken", 3, Fault.none()).event("restart", 2);

    assertThat(timeline.phases())
        .containsExactly(
            new Phase("before", 0, 5, false),
            new Phase("broken", 5, 8, true),
            new Phase("restart", 8, 10, true));
    assertThat(timeline.seconds()).isEqualTo(10);
  }

  @Test
  void eachFaultEndsBeforeTheNextBegins() {
    var timeline =
        Timeline.empty()
            .fault("one", 1, noted("one"))
            .calm("rest", 0)
            .fault("two", 0, noted("two"));

    try (var faults = Faults.play(timeline, SITE, System.nanoTime(), happened::add)) {
      faults.await();
    }

    assertThat(happened)
        .containsExactly("one", "one begins", "one ends", "rest", "two", "two begins", "two ends");
  }

  @Test
  void aFaultInForceIsEndedWhenTheRunIsOverEarly() throws Exception {
    var begun = new CountDownLatch(1);
    Fault endless =
        site -> {
          begun.countDown();
          return () -> happened.add("ended");
        };
    var timeline = Timeline.empty().fault("endless", 3600, endless);

    var faults = Faults.play(timeline, SITE, System.nanoTime(), name -> {});
    begun.await();
    faults.close();

    assertThat(happened).containsExactly("ended");
  }

  @Test
  void aFaultThatCannotBeginIsTold() {
    var timeline =
        Timeline.empty()
            .fault(
                "impossible",
                1,
                site -> {
                  throw new UnsupportedOperationException("not ours");
                });

    try (var faults = Faults.play(timeline, SITE, System.nanoTime(), name -> {})) {
      assertThatThrownBy(faults::await).hasRootCauseMessage("not ours");
    }
  }

  @Test
  void aKilledRedisRefusesAndComesBackEmpty() throws Exception {
    try (var client = new Jedis(REDIS.uri())) {
      client.set("k", "v");
    }

    Fault.Ending ending = RedisFaults.killed().begin(SITE);

    assertThatThrownBy(FaultsTest::ping).isInstanceOf(JedisConnectionException.class);
    ending.end();
    try (var client = new Jedis(REDIS.uri())) {
      assertThat(client.get("k")).isNull();
    }
  }

  @Test
  void aFrozenRedisAnswersNothingUntilItIsThawed() throws Exception {
    Fault.Ending ending = RedisFaults.frozen().begin(SITE);

    assertThatThrownBy(FaultsTest::ping).hasRootCauseMessage("Read timed out");
    ending.end();
    try (var client = new Jedis(REDIS.uri())) {
      assertThat(client.ping()).isEqualTo("PONG");
    }
  }

  @Test
  void aSlowRedisKeepsCommandsWaiting() throws Exception {
    Duration pause = Duration.ofMillis(50);
    List<Long> answers = new ArrayList<>();

    Fault.Ending ending = RedisFaults.slow(pause, pause.multipliedBy(2)).begin(SITE);
    try (var client = new Jedis(REDIS.uri())) {
      // By then it has been paused; nothing but a pause makes a command wait for half of one.
      while (answers.stream().noneMatch(nanos -> nanos > pause.toNanos() / 2)) {
        long before = System.nanoTime();
        client.ping();
        answers.add(System.nanoTime() - before);
      }
    }
    ending.end();

    try (var client = new Jedis(REDIS.uri())) {
      assertThat(client.ping()).isEqualTo("PONG");
    }
  }

  private static void ping() {
    try (var client = new Jedis(REDIS.host(), REDIS.port(), ANSWER_LIMIT_MILLIS)) {
      client.ping();
    }
  }

  private Fault noted(String name) {
    return site -> {
      happened.add(name + " begins");
      return () -> happened.add(name + " ends");
    };
  }
}
