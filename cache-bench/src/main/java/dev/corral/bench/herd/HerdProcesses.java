package dev.corral.bench.herd;

import dev.corral.bench.node.NodeFiles;
import dev.corral.bench.node.NodeProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The processes that a herd comes from. */
final class HerdProcesses implements AutoCloseable {
  /** How long before the agreed instant everybody is told: all are parked when it comes. */
  private static final long HEAD_START = TimeUnit.MILLISECONDS.toNanos(50);

  private final List<NodeProcess> processes = new ArrayList<>();

  private HerdProcesses() {}

  /** Starts them, and returns when all are connected. */
  static HerdProcesses start(List<HerdConfig> configs, Path directory) throws IOException {
    var started = new HerdProcesses();
    try {
      for (HerdConfig config : configs) {
        Path log = directory.resolve(config.kind().name() + "-" + config.process() + ".log");
        started.processes.add(NodeProcess.start(config.process(), HerdMain.class, config, log));
      }
      started.processes.forEach(NodeProcess::prepare);
      started.processes.forEach(NodeProcess::awaitReady);
      return started;
    } catch (IOException | RuntimeException e) {
      started.close();
      throw e;
    }
  }

  /** Has each process get so many keys, from one on, all at the same time. */
  void warm(int first, int gets) {
    tellAll("warm %d %d".formatted(first, gets));
    processes.forEach(process -> process.expect("warm"));
  }

  /** Lets so many waiters of each process ask for a key at the same instant. */
  Round round(String key, int waiters) throws IOException {
    tellAll("gather %s %d".formatted(key, waiters));
    processes.forEach(process -> process.expect("gathered"));
    tellAll("release " + (System.nanoTime() + HEAD_START));
    List<RoundReport> reports = new ArrayList<>();
    for (NodeProcess process : processes) {
      reports.add(NodeFiles.JSON.readValue(process.expect("round"), RoundReport.class));
    }
    return new Round(reports);
  }

  /** What one PING of a process takes while all others are at rest, in nanoseconds. */
  long ping(int process) {
    NodeProcess pinging = processes.get(process);
    pinging.tell("ping " + (System.nanoTime() + HEAD_START));
    return Long.parseLong(pinging.expect("ping"));
  }

  private void tellAll(String order) {
    processes.forEach(process -> process.tell(order));
  }

  @Override
  public void close() {
    processes.forEach(NodeProcess::close);
  }
}
