package dev.corral.bench;

import dev.corral.bench.contender.ContenderKind;
import dev.corral.bench.contender.Limits;
import dev.corral.bench.node.Roster;
import dev.corral.bench.node.Schedule;
import dev.corral.bench.shop.QueryUnderTest;
import dev.corral.bench.shop.Row;
import dev.corral.bench.site.Timeline;
import dev.corral.bench.verdict.ColdStart;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Many keys are asked for while nobody holds any of them. */
@Command(
    name = "cold-start",
    description = {
      "Many keys are asked for, the popular ones more often (Zipf), while both tiers are empty;"
          + " each node has few connections to the database.",
      "Defaults: --rate 1500, --ttl 10m, the contenders none, local, naive, corral and"
          + " corral-origin.",
    },
    sortOptions = false)
final class ColdStartCommand implements Callable<Integer> {
  private static final Duration TTL = Duration.ofMinutes(10);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int CONNECTIONS = 4;
  private static final Limits LIMITS = Limits.USUAL.withDatabaseConnections(CONNECTIONS);
  // In which what was due before is answered and counted; nothing new is due.
  private static final int DRAIN_SECONDS = 3;
  private static final int RATE = 1500;
  private static final long SEED = 1;

  @Mixin private final RunOptions options = new RunOptions();

  private int count = 20_000;
  private int seconds = 10;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many keys there are to ask for. Default: 20000.")
  void count(String text) {
    count = options.values().number("--count", text, 1, 100_000);
  }

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "For how long new gets become due. Default: 10.")
  void seconds(String text) {
    seconds = options.values().number("--seconds", text, 1, 3600);
  }

  @Override
  public Integer call() throws Exception {
    options.check();
    var plan =
        new Plan(
            QueryUnderTest::cheap,
            count,
            LIMITS,
            this::scenario,
            options.contendersOr(
                List.of(
                    ContenderKind.NONE,
                    ContenderKind.LOCAL,
                    ContenderKind.NAIVE,
                    ContenderKind.CORRAL,
                    ContenderKind.CORRAL_ORIGIN)),
            ColdStart.judge((long) options.nodes() * CONNECTIONS));
    return new Run(options, plan).run();
  }

  private Scenario scenario(List<Row> rows) {
    Timeline timeline = Timeline.empty().calm("gets are due", seconds).calm("drain", DRAIN_SECONDS);
    Duration window = Duration.ofSeconds(timeline.seconds());
    var keyring = Keyring.of(rows, options.ttlOr(TTL));
    int rate = options.rateOr(RATE);
    return new Scenario(
        "cold-start",
        keyring.keys(),
        Schedule.lasting(Duration.ofSeconds(seconds), rate, SEED, keyring.byZipf()),
        Roster.steady(options.nodes()),
        LIMITS,
        Duration.ZERO,
        window,
        PATIENCE,
        timeline,
        options.ttlOr(TTL),
        rate);
  }
}
