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
      "Defaults: --rate 3000, --ttl 10m, the contenders none, local, naive and corral.",
    },
    sortOptions = false)
final class ColdStartCommand implements Callable<Integer> {
  private static final Duration TTL = Duration.ofMinutes(10);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int CONNECTIONS = 4;
  private static final int RATE = 3000;
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
            limits(),
            this::scenario,
            options.contendersOr(
                List.of(
                    ContenderKind.NONE,
                    ContenderKind.LOCAL,
                    ContenderKind.NAIVE,
                    ContenderKind.CORRAL)),
            ColdStart.judge((long) options.nodes() * CONNECTIONS));
    return new Run(options, plan).run();
  }

  private static Limits limits() {
    Limits usual = Limits.USUAL;
    return new Limits(
        CONNECTIONS,
        usual.connectionMillis(),
        usual.redisMillis(),
        usual.loadMillis(),
        usual.staleLifetimes());
  }

  private Scenario scenario(List<Row> rows) {
    Duration window = Duration.ofSeconds(seconds);
    var keyring = Keyring.of(rows, options.ttlOr(TTL));
    int rate = options.rateOr(RATE);
    return new Scenario(
        "cold-start",
        keyring.keys(),
        Schedule.lasting(window, rate, SEED, keyring.byZipf()),
        Roster.steady(options.nodes()),
        limits(),
        Duration.ZERO,
        window,
        PATIENCE,
        Timeline.empty(),
        options.ttlOr(TTL),
        rate);
  }
}
