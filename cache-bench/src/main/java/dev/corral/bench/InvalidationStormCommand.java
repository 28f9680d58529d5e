package dev.corral.bench;

import dev.corral.bench.contender.ContenderKind;
import dev.corral.bench.contender.Limits;
import dev.corral.bench.node.Roster;
import dev.corral.bench.node.Schedule;
import dev.corral.bench.shop.QueryUnderTest;
import dev.corral.bench.shop.Row;
import dev.corral.bench.site.Timeline;
import dev.corral.bench.verdict.InvalidationStorm;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Rows change and are invalidated while everybody reads them. */
@Command(
    name = "invalidation-storm",
    description = {
      "Writers in all nodes change rows and invalidate their keys, while readers in all nodes ask for"
          + " the same keys, half of the time for four of them. Every read is checked against the"
          + " versions that were acknowledged to be out of date before it began.",
      "Defaults: --rate 1000, --ttl 10s, the contenders none, naive and corral.",
    },
    sortOptions = false)
final class InvalidationStormCommand implements Callable<Integer> {
  private static final Duration TTL = Duration.ofSeconds(10);
  private static final Duration WARM_UP = Duration.ofSeconds(6);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  // A machine that is short of time for all these processes must not look like a Redis that is
  // slow:
  // this is not the scenario in which it is away.
  private static final Limits LIMITS =
      Limits.USUAL.withRedis(Duration.ofSeconds(2), Duration.ofSeconds(2));
  private static final Duration ANSWER_AFTER = Duration.ofMillis(5);
  private static final int WRITERS = Run.MOST_WRITERS;
  private static final int HOT_KEYS = 4;
  private static final int RATE = 1000;
  private static final long SEED = 1;
  private static final long SEED_OF_CHANGES = 3;

  @Mixin private final RunOptions options = new RunOptions();

  private int seconds = 15;
  private int count = 500;
  private int changes = 100;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long each contender is measured, after a warm-up. Default: 15.")
  void seconds(String text) {
    seconds = options.values().number("--seconds", text, 1, 3600);
  }

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many keys there are, four of them hot. Default: 500.")
  void count(String text) {
    count = options.values().number("--count", text, HOT_KEYS + 1, 10_000);
  }

  @Option(
      names = "--changes",
      paramLabel = "N",
      description = {
        "Rows that change a second, over all nodes, each followed by an invalidation."
            + " Default: 100.",
      })
  void changes(String text) {
    changes = options.values().number("--changes", text, 1, 10_000);
  }

  @Override
  public Integer call() throws Exception {
    options.check();
    options.refuse(options.query(), "--query", "invalidation-storm changes rows of its own shop");
    var plan =
        new Plan(
            connection -> QueryUnderTest.changing(ANSWER_AFTER, connection),
            count,
            LIMITS,
            this::scenario,
            options.contendersOr(
                List.of(ContenderKind.NONE, ContenderKind.NAIVE, ContenderKind.CORRAL)),
            InvalidationStorm.judge());
    return new Run(options, plan).run();
  }

  private Scenario scenario(List<Row> rows) {
    Duration window = Duration.ofSeconds(seconds);
    Duration whole = WARM_UP.plus(window);
    var keyring = Keyring.of(rows, options.ttlOr(TTL));
    int rate = options.rateOr(RATE);
    return new Scenario(
        "invalidation-storm",
        keyring.keys(),
        Schedule.lasting(whole, rate, SEED, keyring.halfOfThemFor(HOT_KEYS, SEED)),
        Roster.steady(options.nodes()),
        LIMITS,
        WARM_UP,
        window,
        PATIENCE,
        Timeline.empty(),
        options.ttlOr(TTL),
        rate,
        new Changes(
            Schedule.lasting(
                whole, changes, SEED_OF_CHANGES, keyring.halfOfThemFor(HOT_KEYS, SEED_OF_CHANGES)),
            WRITERS));
  }
}
