package dev.corral.bench;

import dev.corral.bench.contender.ContenderKind;
import dev.corral.bench.contender.Limits;
import dev.corral.bench.node.Roster;
import dev.corral.bench.node.Schedule;
import dev.corral.bench.shop.QueryUnderTest;
import dev.corral.bench.shop.Row;
import dev.corral.bench.site.Timeline;
import dev.corral.bench.verdict.Deploy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** All nodes are restarted, one after the other, while the rest go on. */
@Command(
    name = "deploy",
    description = {
      "All nodes are restarted one after the other, as in a rolling update: when a new process is"
          + " ready, with an empty local tier, it takes the traffic of an old one, which leaves.",
      "Defaults: --rate 1200, --ttl 5s, the contenders local, naive and corral.",
    },
    sortOptions = false)
final class DeployCommand implements Callable<Integer> {
  private static final Duration TTL = Duration.ofSeconds(5);
  private static final Duration WARM_UP = Duration.ofSeconds(6);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int RATE = 1200;
  private static final int KEYS = 1000;
  private static final long SEED = 1;

  @Mixin private final RunOptions options = new RunOptions();

  private int phase = 6;

  @Option(
      names = "--phase",
      paramLabel = "N",
      description = "Seconds from one restart to the next. Default: 6.")
  void phase(String text) {
    phase = options.values().number("--phase", text, 3, 600);
  }

  @Override
  public Integer call() throws Exception {
    options.check();
    var plan =
        new Plan(
            QueryUnderTest::cheap,
            KEYS,
            Limits.USUAL,
            this::scenario,
            options.contendersOr(
                List.of(ContenderKind.LOCAL, ContenderKind.NAIVE, ContenderKind.CORRAL)),
            Deploy.judge());
    return new Run(options, plan).run();
  }

  private Timeline timeline() {
    Timeline timeline = Timeline.empty().calm("before", phase);
    for (int node = 1; node <= options.nodes(); node++) {
      timeline = timeline.event("node " + node + " restarts", phase);
    }
    return timeline.calm("after", phase);
  }

  private Scenario scenario(List<Row> rows) {
    Timeline timeline = timeline();
    Duration window = Duration.ofSeconds(timeline.seconds());
    Duration each = Duration.ofSeconds(phase);
    var keyring = Keyring.of(rows, options.ttlOr(TTL));
    int rate = options.rateOr(RATE);
    return new Scenario(
        "deploy",
        keyring.keys(),
        Schedule.lasting(WARM_UP.plus(window), rate, SEED, keyring.byZipf()),
        Roster.rolling(options.nodes(), WARM_UP.plus(each), each),
        Limits.USUAL,
        WARM_UP,
        window,
        PATIENCE,
        timeline,
        options.ttlOr(TTL),
        rate);
  }
}
