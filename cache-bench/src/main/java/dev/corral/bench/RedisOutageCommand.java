package dev.corral.bench;

import dev.corral.bench.contender.ContenderKind;
import dev.corral.bench.contender.Limits;
import dev.corral.bench.node.Roster;
import dev.corral.bench.node.Schedule;
import dev.corral.bench.shop.QueryUnderTest;
import dev.corral.bench.shop.Row;
import dev.corral.bench.site.RedisFaults;
import dev.corral.bench.site.Timeline;
import dev.corral.bench.verdict.RedisOutage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Redis is killed, frozen and slow while the nodes go on. */
@Command(
    name = "redis-outage",
    description = {
      "Redis is killed and restarted, frozen (SIGSTOP) and slow (CLIENT PAUSE, again and again)"
          + " while the nodes go on asking; a command may take 250 ms, and is slow from 100 ms on.",
      "Defaults: --rate 600, --ttl 2s, the contenders naive and corral.",
    },
    sortOptions = false)
final class RedisOutageCommand implements Callable<Integer> {
  static final Duration COMMAND_TIMEOUT = Duration.ofMillis(250);
  private static final Limits LIMITS =
      Limits.USUAL.withRedis(COMMAND_TIMEOUT, Duration.ofMillis(100));
  private static final Duration WARM_UP = Duration.ofSeconds(4);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration TTL = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(150);
  private static final Duration PAUSE_EVERY = Duration.ofMillis(200);
  private static final String KILLED = "Redis killed";
  private static final String RESTARTED = "restarted";
  private static final String SLOW = "Redis slow";
  private static final int RATE = 600;
  private static final int KEYS = 300;
  private static final long SEED = 1;

  @Mixin private final RunOptions options = new RunOptions();

  private int phase = 6;

  @Option(
      names = "--phase",
      paramLabel = "N",
      description =
          "Seconds that each fault lasts, and each rest, but twice as many after the restart."
              + " Default: 6.")
  void phase(String text) {
    phase = options.values().number("--phase", text, 1, 600);
  }

  @Override
  public Integer call() throws Exception {
    options.check();
    options.refuse(options.redis(), "--redis", "redis-outage stops a Redis of its own");
    var plan =
        new Plan(
            QueryUnderTest::cheap,
            KEYS,
            LIMITS,
            this::scenario,
            options.contendersOr(List.of(ContenderKind.NAIVE, ContenderKind.CORRAL)),
            RedisOutage.judge(COMMAND_TIMEOUT, List.of(KILLED, RESTARTED), SLOW, PAUSE));
    return new Run(options, plan).run();
  }

  private Timeline timeline() {
    return Timeline.empty()
        .calm("before", phase)
        .fault(KILLED, phase, RedisFaults.killed())
        // Longer: each node finds out at its own time, and tells the others of what was forgotten.
        .calm(RESTARTED, 2 * phase)
        .fault("Redis frozen", phase, RedisFaults.frozen())
        .calm("thawed", phase)
        .fault(SLOW, phase, RedisFaults.slow(PAUSE, PAUSE_EVERY))
        .calm("after", phase);
  }

  private Scenario scenario(List<Row> rows) {
    Timeline timeline = timeline();
    Duration window = Duration.ofSeconds(timeline.seconds());
    var keyring = Keyring.of(rows, options.ttlOr(TTL));
    int rate = options.rateOr(RATE);
    return new Scenario(
        "redis-outage",
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
