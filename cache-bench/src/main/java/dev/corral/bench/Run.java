package dev.corral.bench;

import dev.corral.bench.contender.ContenderKind;
import dev.corral.bench.report.ConsoleTable;
import dev.corral.bench.report.ContenderResult;
import dev.corral.bench.report.HtmlReport;
import dev.corral.bench.report.ResultJson;
import dev.corral.bench.report.StampedeResult;
import dev.corral.bench.shop.QueryUnderTest;
import dev.corral.bench.shop.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** One run of the program: servers, data, contenders, results. */
final class Run {
  private static final int SPARE_CONNECTIONS = 10;
  // What it takes to start the nodes of a contender, give or take.
  private static final Duration START = Duration.ofSeconds(4);

  private final RunOptions options;
  private final Console console;

  Run(RunOptions options) {
    this.options = options;
    console = new Console(options.out());
  }

  /** Opens the query under test. */
  @FunctionalInterface
  interface Opening {
    QueryUnderTest on(Connection connection) throws SQLException;
  }

  /** Makes a scenario of the rows that there are. */
  @FunctionalInterface
  interface Planning {
    Scenario with(List<Row> rows);
  }

  /**
   * Runs a scenario, shows the results and writes them.
   *
   * @param shop how to open the query under test unless the options name one
   * @param rows how many rows the scenario can use
   * @return whether there was no error
   */
  boolean run(Opening shop, int rows, Planning planning, List<ContenderKind> contenders)
      throws IOException, SQLException {
    Instant begin = Instant.now();
    console.say("Starting the servers.");
    int connections = options.nodes() * Experiment.DATABASE_CONNECTIONS + SPARE_CONNECTIONS;
    try (Servers servers = Servers.start(options, connections);
        Connection connection = servers.connect()) {
      console.say("Preparing the data.");
      try (QueryUnderTest underTest = open(shop, connection)) {
        List<Row> found = underTest.rows(rows);
        Duration cost = underTest.cost(found.get(0));
        console.say(
            "The query under test takes %.2f ms for row %s (median, nothing else running)."
                .formatted(millis(cost), found.get(0).key()));
        Scenario scenario = planning.with(found);
        announce(scenario, contenders);
        List<ContenderResult> results =
            new Experiment(
                    scenario,
                    servers,
                    underTest.query(),
                    options.nodes(),
                    options.threads(),
                    console)
                .run(contenders);
        return report(result(scenario, results, cost, begin));
      }
    }
  }

  private QueryUnderTest open(Opening shop, Connection connection) throws SQLException {
    return options.query().isPresent()
        ? QueryUnderTest.own(connection, options.query().get(), options.keys().orElseThrow())
        : shop.on(connection);
  }

  private void announce(Scenario scenario, List<ContenderKind> contenders) {
    Duration each = scenario.warmUp().plus(scenario.window()).plus(START);
    console.say(
        ("%s: %d nodes x %d threads, %,.0f gets a second for %d s, ttl %d ms, %d contenders:"
                + " about %d s.")
            .formatted(
                scenario.name(),
                options.nodes(),
                options.threads(),
                scenario.rate(),
                scenario.window().toSeconds(),
                scenario.ttl().toMillis(),
                contenders.size(),
                each.multipliedBy(contenders.size()).toSeconds()));
  }

  private StampedeResult result(
      Scenario scenario, List<ContenderResult> results, Duration cost, Instant begin) {
    return new StampedeResult(
        scenario.name(),
        options.nodes(),
        options.threads(),
        scenario.window().toSeconds(),
        results,
        scenario.ttl().toMillis(),
        scenario.rate(),
        cost.toNanos() / 1000,
        Experiment.DATABASE_CONNECTIONS,
        scenario.keys().size(),
        Machine.describe(),
        begin.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private boolean report(StampedeResult result) throws IOException {
    Files.createDirectories(options.directory());
    Files.writeString(options.directory().resolve("result.json"), ResultJson.of(result));
    Files.writeString(options.directory().resolve("report.html"), HtmlReport.of(result));
    console.say("%n%s".formatted(ConsoleTable.of(result.contenders())));
    console.say("On %s.".formatted(result.machine()));
    console.say("Charts: %s".formatted(options.directory().resolve("report.html")));
    long errors = result.contenders().stream().mapToLong(ContenderResult::errors).sum();
    if (errors > 0) {
      console.say(
          "%d errors: wrongValues and exceptions in result.json tell which.".formatted(errors));
    }
    return errors == 0;
  }

  private static double millis(Duration time) {
    return time.toNanos() / 1e6;
  }
}
