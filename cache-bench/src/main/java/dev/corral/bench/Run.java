package dev.corral.bench;

import dev.corral.bench.report.ConsoleTable;
import dev.corral.bench.report.ContenderResult;
import dev.corral.bench.report.HtmlReport;
import dev.corral.bench.report.PhaseTable;
import dev.corral.bench.report.Picture;
import dev.corral.bench.report.ResultJson;
import dev.corral.bench.report.StalenessTable;
import dev.corral.bench.report.StampedeResult;
import dev.corral.bench.report.StepTable;
import dev.corral.bench.report.Story;
import dev.corral.bench.shop.QueryUnderTest;
import dev.corral.bench.shop.Row;
import dev.corral.bench.site.Servers;
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
  private static final int SPARE_NODES = 1; // one starts while the one that it replaces still runs
  static final int MOST_WRITERS = 4; // of a node, in any scenario
  // What it takes to start the nodes of a contender, give or take.
  private static final Duration START = Duration.ofSeconds(4);

  private final RunOptions options;
  private final Plan plan;
  private final Console console;

  Run(RunOptions options, Plan plan) {
    this.options = options;
    this.plan = plan;
    console = new Console(options.out());
  }

  /**
   * Runs the scenario, shows the results and writes them.
   *
   * @return the exit code: 0 if the results are as expected, else 1
   */
  int run() throws IOException, SQLException {
    Instant begin = Instant.now();
    console.say("Starting the servers.");
    int connections =
        (options.nodes() + SPARE_NODES) * (plan.limits().databaseConnections() + MOST_WRITERS)
            + SPARE_CONNECTIONS;
    try (Servers servers = Servers.start(options.redis(), options.jdbc(), connections);
        Connection connection = servers.connect()) {
      console.say("Preparing the data.");
      try (QueryUnderTest underTest = open(connection)) {
        List<Row> found = underTest.rows(plan.rows());
        Duration cost = underTest.cost(found.get(0));
        console.say(
            "The query under test takes %.2f ms for row %s (median, nothing else running)."
                .formatted(millis(cost), found.get(0).key()));
        Scenario scenario = plan.scenario().with(found);
        announce(scenario);
        List<ContenderResult> results =
            new Experiment(scenario, servers, underTest, options.threads(), console)
                .run(plan.contenders());
        return report(result(scenario, results, cost, begin));
      }
    }
  }

  private QueryUnderTest open(Connection connection) throws SQLException {
    return options.query().isPresent()
        ? QueryUnderTest.own(connection, options.query().get(), options.keys().orElseThrow())
        : plan.opening().on(connection);
  }

  private void announce(Scenario scenario) {
    Duration each = scenario.warmUp().plus(scenario.window()).plus(START);
    int contenders = plan.contenders().size();
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
                contenders,
                each.multipliedBy(contenders).toSeconds()));
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
        scenario.keys().size(),
        scenario.timeline().phases(),
        scenario.limits(),
        plan.judge().judge(results),
        Machine.describe(),
        begin.truncatedTo(ChronoUnit.SECONDS).toString(),
        plan.story().orElse(null));
  }

  private int report(StampedeResult result) throws IOException {
    var conclusion = new Conclusion(options.directory(), console);
    conclusion.write(ResultJson.of(result), HtmlReport.of(result));
    for (Picture picture : Picture.of(result)) {
      Files.writeString(options.directory().resolve(picture.fileName()), picture.svg());
    }
    console.say("%n%s".formatted(ConsoleTable.of(result.contenders())));
    if (result.story() != null) {
      tell(result.story(), result);
    }
    if (!result.phases().isEmpty()) {
      console.say(PhaseTable.of(result.contenders()));
    }
    StalenessTable.of(result.contenders()).ifPresent(console::say);
    conclusion.sayWhere(result.machine());
    return conclusion.judge(result.expectations());
  }

  private void tell(Story story, StampedeResult result) {
    console.say(
        "Told %d times as fast as it happens: a minute lasts %d s, and so does a value.%n%s"
            .formatted(
                story.scale(), story.secondsAMinute(), StepTable.of(story, result.contenders())));
  }

  private static double millis(Duration time) {
    return time.toNanos() / 1e6;
  }
}
