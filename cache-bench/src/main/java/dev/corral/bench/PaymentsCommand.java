package dev.corral.bench;

import static java.util.stream.Collectors.joining;

import dev.corral.bench.payments.Mode;
import dev.corral.bench.payments.PaymentsRun;
import dev.corral.bench.report.HtmlReport;
import dev.corral.bench.report.PaymentsContender;
import dev.corral.bench.report.PaymentsResult;
import dev.corral.bench.report.PaymentsTable;
import dev.corral.bench.report.ResultJson;
import dev.corral.bench.site.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Payments through servers that fail on every way to fail there is. */
@Command(
    name = "payments",
    description = {
      "Customers pay through an API process and a payment service process. On both ways answers and"
          + " requests are lost, refused, cut off or too late; both processes are killed, and Redis"
          + " is away for a while. In the end the ledger says who was charged how often.",
      "Ends with 1 if Corral charged anybody twice, or lost a payment.",
    },
    sortOptions = false)
final class PaymentsCommand implements Callable<Integer> {
  private static final int CONNECTIONS = 100;
  private static final int MOST_SEED_DIGITS = 18;

  @Spec private @Nullable CommandSpec command;

  private int payments = 10_000;
  private int clients = 64;
  private int rate = 200;
  private int crashes = 5;
  private int apiCrashes = 3;
  private long seed = ThreadLocalRandom.current().nextLong(1_000_000_000);
  private List<Mode> modes = List.of(Mode.values());
  private Path directory = Path.of("payments-report");

  @Option(names = "--payments", paramLabel = "N", description = "Payments. Default: 10000.")
  void payments(String text) {
    payments = values().number("--payments", text, 10, 1_000_000);
  }

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Draws payments, faults and crashes. Default: a new one, which is printed.")
  void seed(String text) {
    if (!text.matches("\\d{1," + MOST_SEED_DIGITS + "}")) {
      throw values().refusal("--seed takes a whole number, not \"%s\".".formatted(text));
    }
    seed = Long.parseLong(text);
  }

  @Option(
      names = "--clients",
      paramLabel = "N",
      description = "Payments under way at a time, at most. Default: 64.")
  void clients(String text) {
    clients = values().number("--clients", text, 1, 500);
  }

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Payments that come up a second. Default: 200.")
  void rate(String text) {
    rate = values().number("--rate", text, 1, 10_000);
  }

  @Option(
      names = "--crashes",
      paramLabel = "N",
      description = "How often the payment service is killed. Default: 5.")
  void crashes(String text) {
    crashes = values().number("--crashes", text, 0, 1_000);
  }

  @Option(
      names = "--api-crashes",
      paramLabel = "N",
      description = "How often the API process is killed. Default: 3.")
  void apiCrashes(String text) {
    apiCrashes = values().number("--api-crashes", text, 0, 1_000);
  }

  @Option(
      names = "--contenders",
      paramLabel = "NAME,…",
      description = "Some of no-retry, naive-retry, corral. Default: all of them.")
  void contenders(String text) {
    modes = Arrays.stream(text.split(",", -1)).map(this::mode).toList();
  }

  private Mode mode(String name) {
    return Mode.named(name)
        .orElseThrow(
            () ->
                values()
                    .refusal(
                        "--contenders takes some of %s, not \"%s\"."
                            .formatted(
                                Arrays.stream(Mode.values())
                                    .map(Mode::shownName)
                                    .collect(joining(", ")),
                                name)));
  }

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where result.json and report.html go. Default: payments-report.")
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
  public Integer call() throws IOException, SQLException, InterruptedException {
    Instant begin = Instant.now();
    var console = new Console(spec().commandLine().getOut());
    // Headers and body are two writes, and Nagle would wait for the answer to the first.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    Files.createDirectories(directory);
    console.say(
        "payments: %,d of them, %d a second, %d at a time, %d crashes and %d of the API, seed %d."
            .formatted(payments, rate, clients, crashes, apiCrashes, seed));
    try (Servers servers = Servers.start(Optional.empty(), Optional.empty(), CONNECTIONS)) {
      var run =
          new PaymentsRun(
              seed, payments, clients, rate, crashes, apiCrashes, servers, directory, console::say);
      List<PaymentsContender> contenders = new ArrayList<>();
      for (Mode mode : modes) {
        console.say("%s: %s".formatted(mode.shownName(), mode.description()));
        contenders.add(run.run(mode));
      }
      return report(
          new PaymentsResult(
              "payments",
              seed,
              payments,
              clients,
              rate,
              contenders,
              PaymentsResult.judge(contenders),
              Machine.describe(),
              begin.truncatedTo(ChronoUnit.SECONDS).toString()),
          console);
    }
  }

  private int report(PaymentsResult result, Console console) throws IOException {
    var conclusion = new Conclusion(directory, console);
    conclusion.write(ResultJson.of(result), HtmlReport.of(result));
    console.say("%n%s".formatted(PaymentsTable.of(result.contenders())));
    conclusion.sayWhere(result.machine());
    return conclusion.judge(result.expectations());
  }
}
