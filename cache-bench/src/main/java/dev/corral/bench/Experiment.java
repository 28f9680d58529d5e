package dev.corral.bench;

import dev.corral.bench.contender.ContenderKind;
import dev.corral.bench.node.Measurement;
import dev.corral.bench.node.NodeConfig;
import dev.corral.bench.node.NodeFiles;
import dev.corral.bench.node.NodeProgress;
import dev.corral.bench.node.Nodes;
import dev.corral.bench.report.ContenderResult;
import dev.corral.bench.report.Tally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Lets one contender after another run a scenario, each in new processes and with an empty Redis.
 */
final class Experiment {
  /**
   * Few enough that the database is the bottleneck, as in most services; Hikari's default is 10.
   */
  static final int DATABASE_CONNECTIONS = 20;

  private final Scenario scenario;
  private final Servers servers;
  private final String query;
  private final int nodes;
  private final int threads;
  private final Console console;

  Experiment(
      Scenario scenario, Servers servers, String query, int nodes, int threads, Console console) {
    this.scenario = scenario;
    this.servers = servers;
    this.query = query;
    this.nodes = nodes;
    this.threads = threads;
    this.console = console;
  }

  List<ContenderResult> run(List<ContenderKind> contenders) throws IOException {
    try (var directory = TemporaryDirectory.create("stampede-")) {
      var files = new NodeFiles(directory.path());
      files.writeKeys(scenario.keys());
      for (int node = 0; node < nodes; node++) {
        scenario.schedule().share(node, nodes).write(files.schedule(node));
      }
      List<ContenderResult> results = new ArrayList<>();
      for (ContenderKind contender : contenders) {
        console.say("%s: %s".formatted(contender.shownName(), contender.description()));
        results.add(run(contender, files));
      }
      return results;
    }
  }

  private ContenderResult run(ContenderKind contender, NodeFiles files) throws IOException {
    servers.emptyRedis();
    try (Nodes running = Nodes.start(configs(contender, files))) {
      Measurement measured = running.run(progress -> show(contender, progress));
      return new Tally(scenario.keys(), scenario.ttl(), windowFrom(), windowTo())
          .of(contender, measured);
    }
  }

  private List<NodeConfig> configs(ContenderKind contender, NodeFiles files) {
    String namespace =
        "stampede-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    List<NodeConfig> configs = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      configs.add(
          new NodeConfig(
              node,
              files.directory().toString(),
              contender,
              servers.database(),
              query,
              DATABASE_CONNECTIONS,
              servers.redis(),
              namespace,
              threads,
              windowFrom(),
              windowTo(),
              scenario.patience().toNanos()));
    }
    return configs;
  }

  private void show(ContenderKind contender, NodeProgress progress) {
    console.progress(
        "  %-12s %,9d gets measured   %,8d loads   %,d errors"
            .formatted(
                contender.shownName(), progress.gets(), progress.loads(), progress.errors()));
  }

  private long windowFrom() {
    return scenario.warmUp().toNanos();
  }

  private long windowTo() {
    return scenario.warmUp().plus(scenario.window()).toNanos();
  }
}
