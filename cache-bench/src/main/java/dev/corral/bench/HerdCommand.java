package dev.corral.bench;

import static java.util.stream.Collectors.joining;

import dev.corral.bench.herd.HerdKind;
import dev.corral.bench.herd.HerdRun;
import dev.corral.bench.herd.WaitingThreads;
import dev.corral.bench.report.Expectation;
import dev.corral.bench.report.HerdContender;
import dev.corral.bench.report.HerdResult;
import dev.corral.bench.report.HerdTable;
import dev.corral.bench.report.HtmlReport;
import dev.corral.bench.report.ResultJson;
import dev.corral.bench.verdict.Herds;
import dev.corral.servers.RedisServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** All threads of all processes want one key at one instant. */
@Command(
    name = "herd",
    description = {
      "All threads of several processes ask for one new key at one instant, round after round, and"
          + " its load takes 50 ms: how often it is loaded, how long each of them waits, and how"
          + " soon a process is woken in which it was not loaded. Needs Redis and no database.",
      "Ends with 1 if Corral loaded a key twice, or a get of it failed; not for any time.",
    },
    sortOptions = false)
final class HerdCommand implements Callable<Integer> {
  private static final Duration LEAST_LOAD = Duration.ofMillis(1);
  private static final Duration MOST_LOAD = Duration.ofSeconds(5);

  @Spec private @Nullable CommandSpec command;

  private int processes = 4;
  private @Nullable Integer waiters;
  private WaitingThreads threads = WaitingThreads.PLATFORM;
  private Duration load = Duration.ofMillis(50);
  private int rounds = 30;
  private int warmUpRounds = 40;
  private List<HerdKind> contenders = List.of(HerdKind.LATCH, HerdKind.CORRAL);
  private @Nullable URI redis;
  private Path directory = Path.of("stampede-report");

  @Option(names = "--processes", paramLabel = "N", description = "Processes. Default: 4.")
  void processes(String text) {
    processes = values().number("--processes", text, 1, 32);
  }

  @Option(
      names = "--waiters",
      paramLabel = "N",
      description = "Threads of each process. Default: 1000, or 10000 if they are virtual.")
  void waiters(String text) {
    waiters = values().number("--waiters", text, 1, 100_000);
  }

  @Option(
      names = "--threads",
      paramLabel = "platform|virtual",
      description = "Which kind; virtual on Java 21 and newer. Default: platform.")
  void threads(String text) {
    threads =
        WaitingThreads.named(text)
            .orElseThrow(
                () ->
                    values()
                        .refusal(
                            "--threads takes platform or virtual, not \"%s\".".formatted(text)));
    if (!threads.available()) {
      throw values()
          .refusal(
              "--threads takes virtual on Java %d and newer, and this is Java %s."
                  .formatted(
                      WaitingThreads.FIRST_WITH_VIRTUAL, System.getProperty("java.version")));
    }
  }

  @Option(
      names = "--load",
      paramLabel = "TIME",
      description = "What a load takes, asleep. Default: 50ms.")
  void load(String text) {
    load = values().duration("--load", text, LEAST_LOAD, MOST_LOAD);
  }

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Herds that are measured, and as many wake-ups. Default: 30.")
  void rounds(String text) {
    rounds = values().number("--rounds", text, 1, 10_000);
  }

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = {
        "Rounds before, of either kind, and a thousand gets of each process for each, up to ten"
            + " thousand. Default: 40.",
      })
  void warmUpRounds(String text) {
    warmUpRounds = values().number("--warm-up", text, 0, 10_000);
  }

  @Option(
      names = "--contenders",
      paramLabel = "NAME,…",
      description = {
        "Which run, in which order: latch, and those of the other scenarios."
            + " Default: latch,corral.",
        "latch is what the machine takes with no cache: one thread of each process sleeps, and"
            + " opens a bare latch for the others.",
      })
  void contenders(String text) {
    contenders = Arrays.stream(text.split(",", -1)).map(this::contender).toList();
  }

  private HerdKind contender(String name) {
    return HerdKind.named(name)
        .orElseThrow(
            () ->
                values()
                    .refusal(
                        "--contenders takes some of %s, not \"%s\"."
                            .formatted(
                                HerdKind.all().stream().map(HerdKind::name).collect(joining(", ")),
                                name)));
  }

  @Option(
      names = "--redis",
      paramLabel = "URL",
      description = "A running Redis to use, redis://host:port. Default: one is started.")
  void redis(String text) {
    redis = values().redis("--redis", text);
  }

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where result.json and report.html go. Default: stampede-report.")
  void directory(Path path) {
    directory = values().folder("--out", path);
  }

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text.")
  void help(boolean asked) {
    // Answered by picocli before a command is run.
  }

  private CommandSpec spec() {
    if (command == null) {
      throw new IllegalStateException("Not run by picocli");
    }
    return command;
  }

  private Values values() {
    return new Values(spec().commandLine());
  }

  @Override
  public Integer call() throws IOException {
    var console = new Console(spec().commandLine().getOut());
    console.say(
        "herd: %d processes x %,d %s threads, a load of %d ms, %d rounds after %d of warm-up."
            .formatted(
                processes, count(), threads.shownName(), load.toMillis(), rounds, warmUpRounds));
    if (redis != null) {
      return run(redis, console);
    }
    try (RedisServer started = RedisServer.start()) {
      return run(started.uri(), console);
    }
  }

  private int count() {
    return waiters == null ? threads.usualCount() : waiters;
  }

  private int run(URI server, Console console) throws IOException {
    Instant begin = Instant.now();
    List<HerdContender> results = new ArrayList<>();
    try (var logs = TemporaryDirectory.create("stampede-")) {
      for (HerdKind kind : contenders) {
        console.say("%s: %s".formatted(kind.name(), kind.description()));
        results.add(
            new HerdRun(
                    processes,
                    count(),
                    threads,
                    load,
                    rounds,
                    warmUpRounds,
                    server,
                    logs.path(),
                    step -> console.progress("  %-17s %s".formatted(kind.name(), step)))
                .run(kind));
      }
    }
    return report(
        new HerdResult(
            "herd",
            processes,
            count(),
            threads.shownName(),
            load.toMillis(),
            rounds,
            warmUpRounds,
            results,
            Herds.expectations(results),
            Herds.goals(results),
            Machine.describe(),
            begin.truncatedTo(ChronoUnit.SECONDS).toString()),
        console);
  }

  private int report(HerdResult result, Console console) throws IOException {
    var conclusion = new Conclusion(directory, console);
    conclusion.write(ResultJson.of(result), HtmlReport.of(result));
    console.say("%n%s".formatted(HerdTable.of(result.contenders())));
    conclusion.sayWhere(result.machine());
    result.goals().forEach(goal -> console.say(goalLine(goal)));
    return conclusion.judge(result.expectations());
  }

  private static String goalLine(Expectation goal) {
    return "%s  %s Found: %s."
        .formatted(
            goal.met() ? "goal reached    " : "goal not reached", goal.wanted(), goal.found());
  }
}
