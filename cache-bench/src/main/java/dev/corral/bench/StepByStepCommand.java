package dev.corral.bench;

import dev.corral.bench.contender.ContenderKind;
import dev.corral.bench.contender.Limits;
import dev.corral.bench.node.Crowds;
import dev.corral.bench.node.Roster;
import dev.corral.bench.shop.QueryUnderTest;
import dev.corral.bench.shop.Row;
import dev.corral.bench.site.DatabaseFaults;
import dev.corral.bench.site.Timeline;
import dev.corral.bench.verdict.StepByStep;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The well-known story in which a service gets one feature of its cache after the other. */
@Command(
    name = "step-by-step",
    description = {
      "A story for which caches like to be praised, measured instead of calculated: 1,000 products,"
          + " every 10 s 100 concurrent requests for each of them, on 3 nodes, for 10 minutes; a"
          + " query takes 100 ms, a value lives for a minute, the database is slow for 2 minutes and"
          + " down for 3. Each step adds one feature, from no cache on.",
      "--scale makes everything happen so many times as fast, to as many times fewer products, so"
          + " that requests a second are those of the story. Defaults: --scale 20, --threads 128, all eight steps.",
    },
    sortOptions = false)
final class StepByStepCommand implements Callable<Integer> {
  private static final int SECONDS_A_MINUTE = 60;
  private static final int PRODUCTS = 1000;
  private static final Duration PERIOD = Duration.ofSeconds(10);
  private static final Duration SPREAD = Duration.ofSeconds(1);
  private static final Duration TTL = Duration.ofMinutes(1);
  private static final Duration ANSWER = Duration.ofMillis(100);
  private static final Duration LEAST_WARM_UP = Duration.ofSeconds(2);
  // The rest is not of the story, and not scaled: what a client of a database or of a lock can do.
  private static final Limits LIMITS =
      Limits.USUAL.withLoads(Duration.ofMillis(300), Duration.ofSeconds(2));
  private static final int THREADS = 128; // so that some crowds can wait at a time
  private static final Duration LOCK = Duration.ofMillis(200);
  private static final Duration LOCK_EVERY = Duration.ofMillis(250);

  @Mixin private final RunOptions options = new RunOptions();

  private int scale = 20;
  private int crowd = 100;

  @Option(
      names = "--scale",
      paramLabel = "N",
      description =
          "How many times as fast everything happens; a minute must have whole seconds. Default: 20.")
  void scale(String text) {
    int number = options.values().number("--scale", text, 1, SECONDS_A_MINUTE);
    if (SECONDS_A_MINUTE % number != 0) {
      throw options
          .values()
          .refusal(
              "--scale takes a divisor of 60, so that a minute has whole seconds, not %d."
                  .formatted(number));
    }
    scale = number;
  }

  @Option(
      names = "--crowd",
      paramLabel = "N",
      description = "How many ask for a product at once, on all nodes together. Default: 100.")
  void crowd(String text) {
    crowd = options.values().number("--crowd", text, 1, 1000);
  }

  @Override
  public Integer call() throws Exception {
    options.usualThreads(THREADS);
    options.check();
    options.refuse(options.jdbc(), "--jdbc", "step-by-step breaks a database of its own");
    options.refuse(options.query(), "--query", "step-by-step locks a table of its own shop");
    options.refuse(options.rate(), "--rate", "the story and --scale say what is asked for");
    options.refuse(options.ttl(), "--ttl", "a value lives for a minute of the story; see --scale");
    List<ContenderKind> steps = options.contendersOr(Step.kinds());
    var plan =
        new Plan(
            connection -> QueryUnderTest.answering(scaled(ANSWER), connection),
            (PRODUCTS + scale - 1) / scale,
            LIMITS,
            this::scenario,
            steps,
            StepByStep.judge(),
            Optional.of(Step.story(scale)));
    return new Run(options, plan).run();
  }

  private Scenario scenario(List<Row> rows) {
    Timeline timeline =
        Timeline.empty()
            .calm("fast", minutes(2))
            .fault("database slow", minutes(2), DatabaseFaults.locked(LOCK, LOCK_EVERY))
            .calm("fast again", minutes(1))
            .fault("database down", minutes(3), DatabaseFaults.refuses())
            .calm("fast at last", minutes(2));
    Duration warmUp = scaled(TTL).compareTo(LEAST_WARM_UP) > 0 ? scaled(TTL) : LEAST_WARM_UP;
    Duration window = Duration.ofSeconds(timeline.seconds());
    var keyring = Keyring.of(rows, scaled(TTL));
    var crowds = new Crowds(scaled(PERIOD), rows.size(), crowd, options.nodes(), scaled(SPREAD));
    return new Scenario(
        "step-by-step",
        keyring.keys(),
        crowds.lasting(warmUp.plus(window)),
        Roster.steady(options.nodes()),
        LIMITS,
        warmUp,
        window,
        Duration.ZERO,
        timeline,
        scaled(TTL),
        (double) crowd * rows.size() * 1e9 / scaled(PERIOD).toNanos());
  }

  private int minutes(int ofStory) {
    return ofStory * SECONDS_A_MINUTE / scale;
  }

  private Duration scaled(Duration ofStory) {
    return ofStory.dividedBy(scale);
  }
}
