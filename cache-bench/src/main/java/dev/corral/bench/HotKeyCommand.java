package dev.corral.bench;

import dev.corral.bench.contender.ContenderKind;
import dev.corral.bench.contender.Limits;
import dev.corral.bench.node.Key;
import dev.corral.bench.node.Roster;
import dev.corral.bench.node.Schedule;
import dev.corral.bench.shop.QueryUnderTest;
import dev.corral.bench.shop.Row;
import dev.corral.bench.site.Timeline;
import dev.corral.bench.verdict.Judge;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One popular key expires again and again while everybody asks for it. */
@Command(
    name = "hot-key",
    description = {
      "One popular key expires again and again while everybody asks for it.",
      "Defaults: --rate 3000, --ttl 2s, the contenders none, local, naive, corral and"
          + " corral-stale."
    },
    sortOptions = false)
final class HotKeyCommand implements Callable<Integer> {
  private static final Duration QUERY_COST = Duration.ofMillis(20);
  private static final Duration WARM_UP = Duration.ofSeconds(3);
  private static final Duration TTL = Duration.ofSeconds(2);
  private static final int RATE = 3000;
  private static final long SEED = 1;

  @Mixin private final RunOptions options = new RunOptions();

  private int seconds = 10;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long each contender is measured, after a warm-up. Default: 10.")
  void seconds(String text) {
    seconds = options.values().number("--seconds", text, 1, 3600);
  }

  @Override
  public Integer call() throws Exception {
    options.check();
    if (ttl().compareTo(window()) > 0) {
      throw options
          .values()
          .refusal(
              "--seconds must last for one --ttl at least, or nothing expires: not %d for %d ms."
                  .formatted(seconds, ttl().toMillis()));
    }
    var plan =
        new Plan(
            connection -> QueryUnderTest.costingAbout(QUERY_COST, connection),
            1,
            Limits.USUAL,
            this::scenario,
            options.contendersOr(
                List.of(
                    ContenderKind.NONE,
                    ContenderKind.LOCAL,
                    ContenderKind.NAIVE,
                    ContenderKind.CORRAL,
                    ContenderKind.CORRAL_STALE)),
            Judge.noErrors());
    return new Run(options, plan).run();
  }

  private Scenario scenario(List<Row> rows) {
    Row row = rows.get(0);
    var key = new Key(row.key(), row.key(), row.checksum(), ttl().toMillis(), 0);
    int rate = options.rateOr(RATE);
    return new Scenario(
        "hot-key",
        List.of(key),
        Schedule.lasting(WARM_UP.plus(window()), rate, SEED),
        Roster.steady(options.nodes()),
        Limits.USUAL,
        WARM_UP,
        window(),
        Duration.ZERO,
        Timeline.empty(),
        ttl(),
        rate);
  }

  private Duration window() {
    return Duration.ofSeconds(seconds);
  }

  private Duration ttl() {
    return options.ttlOr(TTL);
  }
}
