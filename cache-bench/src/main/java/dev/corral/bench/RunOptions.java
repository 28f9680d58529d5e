package dev.corral.bench;

import static java.util.stream.Collectors.joining;

import dev.corral.bench.contender.ContenderKind;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that every scenario has. */
final class RunOptions {
  private static final String ALL = "all";
  private static final Duration LEAST_TTL = Duration.ofMillis(50);
  private static final Duration MOST_TTL = Duration.ofHours(1);

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  private int nodes = 3;
  private int usualThreads = 64;
  private @Nullable Integer threads;
  private @Nullable Integer rate;
  private @Nullable Duration ttl;
  private @Nullable List<ContenderKind> contenders;
  private Path directory = Path.of("stampede-report");
  private @Nullable URI redis;
  private @Nullable String jdbc;
  private @Nullable String query;
  private @Nullable String keys;

  @Option(names = "--nodes", paramLabel = "N", description = "Node processes. Default: 3.")
  void nodes(String text) {
    nodes = values().number("--nodes", text, 1, 32);
  }

  @Option(names = "--threads", paramLabel = "N", description = "Threads per node. Default: 64.")
  void threads(String text) {
    threads = values().number("--threads", text, 1, 1000);
  }

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Gets a second that all nodes together are asked for, come what may.")
  void rate(String text) {
    rate = values().number("--rate", text, 1, 1_000_000);
  }

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      description = "For how long a value may be served after its load: 500ms, 2s, 1m.")
  void ttl(String text) {
    ttl = values().duration("--ttl", text, LEAST_TTL, MOST_TTL);
  }

  @Option(
      names = "--contenders",
      paramLabel = "NAME,…",
      description = "Which contenders run, in which order; all for each of them that is in use.")
  void contenders(String text) {
    contenders =
        text.equals(ALL)
            ? ContenderKind.inUse()
            : Arrays.stream(text.split(",", -1)).map(this::contender).toList();
  }

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where result.json and report.html go. Default: stampede-report.")
  void directory(Path path) {
    directory = values().folder("--out", path);
  }

  @Option(
      names = "--redis",
      paramLabel = "URL",
      description = "A running Redis to use, redis://host:port. Default: one is started.")
  void redis(String text) {
    redis = values().redis("--redis", text);
  }

  @Option(
      names = "--jdbc",
      paramLabel = "URL",
      description = {
        "A running PostgreSQL to use, user and password in the URL. Default: one is started.",
        "Without --query a schema of its own is made there, and dropped in the end.",
      })
  void jdbc(String text) {
    jdbc = values().jdbc("--jdbc", text);
  }

  @Option(
      names = "--query",
      paramLabel = "SQL",
      description = "Your query under test, on data at rest, with one ? for the key.")
  void query(String text) {
    if (text.chars().filter(c -> c == '?').count() != 1) {
      throw values()
          .refusal("--query takes SQL with exactly one ?, the key, not \"%s\".".formatted(text));
    }
    query = text;
  }

  @Option(
      names = "--keys",
      paramLabel = "SQL",
      description = "A query for your keys, one column, the most popular key first.")
  void keys(String text) {
    keys = text;
  }

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text.")
  void help(boolean asked) {
    // Answered by picocli before a command is run.
  }

  /** Refuses options that make no sense together. */
  void check() {
    if ((query == null) != (keys == null)) {
      throw values().refusal("--query and --keys come together: give both, or neither.");
    }
    if (query != null && jdbc == null) {
      throw values().refusal("--query needs --jdbc, the address of the database that it asks.");
    }
  }

  /** Refuses an option that a scenario has no use for. */
  void refuse(Optional<?> value, String option, String reason) {
    if (value.isPresent()) {
      throw values().refusal("%s cannot be given here: %s.".formatted(option, reason));
    }
  }

  Values values() {
    return new Values(commandLine());
  }

  PrintWriter out() {
    return commandLine().getOut();
  }

  private CommandLine commandLine() {
    if (command == null) {
      throw new IllegalStateException("Not yet a part of a command");
    }
    return command.commandLine();
  }

  private ContenderKind contender(String name) {
    return ContenderKind.named(name)
        .orElseThrow(
            () ->
                values()
                    .refusal(
                        "--contenders takes all, or some of %s, not \"%s\"."
                            .formatted(names(), name)));
  }

  private static String names() {
    return Arrays.stream(ContenderKind.values())
        .map(ContenderKind::shownName)
        .collect(joining(", "));
  }

  int nodes() {
    return nodes;
  }

  int threads() {
    return threads == null ? usualThreads : threads;
  }

  /** Says how many threads a node has unless it is given. */
  void usualThreads(int count) {
    usualThreads = count;
  }

  int rateOr(int usual) {
    return rate == null ? usual : rate;
  }

  Optional<Integer> rate() {
    return Optional.ofNullable(rate);
  }

  Optional<Duration> ttl() {
    return Optional.ofNullable(ttl);
  }

  Duration ttlOr(Duration usual) {
    return ttl == null ? usual : ttl;
  }

  List<ContenderKind> contendersOr(List<ContenderKind> usual) {
    return contenders == null ? usual : contenders;
  }

  Path directory() {
    return directory;
  }

  Optional<URI> redis() {
    return Optional.ofNullable(redis);
  }

  Optional<String> jdbc() {
    return Optional.ofNullable(jdbc);
  }

  Optional<String> query() {
    return Optional.ofNullable(query);
  }

  Optional<String> keys() {
    return Optional.ofNullable(keys);
  }
}
