package dev.corral.bench;

import dev.corral.bench.contender.ContenderKind;
import dev.corral.bench.contender.Limits;
import dev.corral.bench.node.Roster;
import dev.corral.bench.node.Schedule;
import dev.corral.bench.shop.QueryUnderTest;
import dev.corral.bench.shop.Row;
import dev.corral.bench.site.DatabaseFaults;
import dev.corral.bench.site.Timeline;
import dev.corral.bench.verdict.OriginOutage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The database refuses, and then is slow, while the nodes go on. */
@Command(
    name = "origin-outage",
    description = {
      "The database ends all connections and takes no new ones, and then is slow, as somebody locks"
          + " a table again and again, while the nodes go on asking; a load waits for a connection"
          + " for 300 ms, and a get for a load for 2 s.",
      "Defaults: --rate 600, --ttl 2s, the contenders naive, corral-no-budget, corral-budget and"
          + " corral-origin.",
    },
    sortOptions = false)
final class OriginOutageCommand implements Callable<Integer> {
  private static final Duration CONNECTION_WAIT = Duration.ofMillis(300);
  private static final Duration LOAD_TIMEOUT = Duration.ofSeconds(2);
  private static final Limits LIMITS = Limits.USUAL.withLoads(CONNECTION_WAIT, LOAD_TIMEOUT);
  private static final Duration WARM_UP = Duration.ofSeconds(4);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration TTL = Duration.ofSeconds(2);
  private static final Duration LOCK = Duration.ofMillis(200);
  private static final Duration LOCK_EVERY = Duration.ofMillis(250);
  private static final int RATE = 600;
  private static final int KEYS = 150;
  private static final long SEED = 1;

  @Mixin private final RunOptions options = new RunOptions();

  private int phase = 8;

  @Option(
      names = "--phase",
      paramLabel = "N",
      description = "Seconds that each fault lasts, and each rest. Default: 8.")
  void phase(String text) {
    phase = options.values().number("--phase", text, 1, 600);
  }

  @Override
  public Integer call() throws Exception {
    options.check();
    options.refuse(options.jdbc(), "--jdbc", "origin-outage breaks a database of its own");
    options.refuse(options.query(), "--query", "origin-outage locks a table of its own shop");
    var plan =
        new Plan(
            QueryUnderTest::cheap,
            KEYS,
            LIMITS,
            this::scenario,
            options.contendersOr(
                List.of(
                    ContenderKind.NAIVE,
                    ContenderKind.CORRAL_NO_BUDGET,
                    ContenderKind.CORRAL_BUDGET,
                    ContenderKind.CORRAL_ORIGIN)),
            OriginOutage.judge(LOAD_TIMEOUT, KEYS));
    return new Run(options, plan).run();
  }

  private Timeline timeline() {
    return Timeline.empty()
        .calm("before", phase)
        .fault("database refuses", phase, DatabaseFaults.refuses())
        .fault("database slow", phase, DatabaseFaults.locked(LOCK, LOCK_EVERY))
        .calm("after", phase);
  }

  private Scenario scenario(List<Row> rows) {
    Timeline timeline = timeline();
    Duration window = Duration.ofSeconds(timeline.seconds());
    var keyring = Keyring.of(rows, options.ttlOr(TTL));
    int rate = options.rateOr(RATE);
    return new Scenario(
        "origin-outage",
        keyring.keys(),
        Schedule.lasting(WARM_UP.plus(window), rate, SEED, keyring.evenly()),
        Roster.steady(options.nodes()),
        LIMITS,
        WARM_UP,
        window,
        PATIENCE,
        timeline,
        options.ttlOr(TTL),
        rate);
  }
}
