package dev.corral.bench;

import dev.corral.bench.contender.ContenderKind;
import dev.corral.bench.node.Measurement;
import dev.corral.bench.node.NodeConfig;
import dev.corral.bench.node.NodeFiles;
import dev.corral.bench.node.NodeProgress;
import dev.corral.bench.node.Nodes;
import dev.corral.bench.node.Schedule;
import dev.corral.bench.node.Shift;
import dev.corral.bench.report.ContenderResult;
import dev.corral.bench.report.Tally;
import dev.corral.bench.shop.QueryUnderTest;
import dev.corral.bench.site.Faults;
import dev.corral.bench.site.Servers;
import dev.corral.bench.site.Timeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;

/**
 * Lets one contender after another run a scenario, each in new processes and with an empty Redis.
 */
final class Experiment {
  private final Scenario scenario;
  private final Servers servers;
  private final QueryUnderTest underTest;
  private final int threads;
  private final Console console;

  Experiment(
      Scenario scenario, Servers servers, QueryUnderTest underTest, int threads, Console console) {
    this.scenario = scenario;
    this.servers = servers;
    this.underTest = underTest;
    this.threads = threads;
    this.console = console;
  }

  List<ContenderResult> run(List<ContenderKind> contenders) throws IOException {
    try (var directory = TemporaryDirectory.create("stampede-")) {
      var files = new NodeFiles(directory.path());
      files.writeKeys(scenario.keys());
      deal(scenario.schedule(), files::schedule);
      deal(scenario.changes().schedule(), files::changes);
      List<ContenderResult> results = new ArrayList<>();
      for (ContenderKind contender : contenders) {
        console.say("%s: %s".formatted(contender.shownName(), contender.description()));
        results.add(run(contender, files));
      }
      return results;
    }
  }

  private void deal(Schedule schedule, IntFunction<Path> file) throws IOException {
    List<Schedule> parts = schedule.deal(scenario.roster());
    for (int process = 0; process < parts.size(); process++) {
      parts.get(process).write(file.apply(process));
    }
  }

  private ContenderResult run(ContenderKind contender, NodeFiles files) throws IOException {
    servers.emptyRedis();
    Timeline timeline = scenario.timeline();
    try (Nodes running = Nodes.start(configs(contender, files))) {
      long beginning = Nodes.beginning();
      try (Faults faults =
          Faults.play(
              timeline, servers, beginning + windowFrom(), phase -> console.say("  " + phase))) {
        Measurement measured = running.run(beginning, progress -> show(contender, progress));
        faults.await();
        return new Tally(
                scenario.keys(), scenario.ttl(), windowFrom(), windowTo(), timeline.phases())
            .of(contender, measured);
      }
    }
  }

  private List<NodeConfig> configs(ContenderKind contender, NodeFiles files) {
    String namespace =
        "stampede-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    List<NodeConfig> configs = new ArrayList<>();
    for (Shift shift : scenario.roster().shifts()) {
      configs.add(config(configs.size(), shift, contender, files, namespace));
    }
    return configs;
  }

  private NodeConfig config(
      int process, Shift shift, ContenderKind contender, NodeFiles files, String namespace) {
    return new NodeConfig(
        process,
        shift.startAt(),
        files.directory().toString(),
        contender,
        servers.database(),
        underTest.query(),
        underTest.change(),
        scenario.changes().writers(),
        scenario.limits(),
        servers.redisUri(),
        namespace,
        threads,
        windowFrom(),
        windowTo(),
        scenario.patience().toNanos());
  }

  private void show(ContenderKind contender, NodeProgress progress) {
    console.progress(
        "  %-17s %,9d gets measured   %,8d loads   %,d errors"
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
