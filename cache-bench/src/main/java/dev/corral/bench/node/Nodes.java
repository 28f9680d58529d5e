package dev.corral.bench.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The node processes of one contender: started together, begun together, read together. */
public final class Nodes implements AutoCloseable {
  private static final long HEAD_START = TimeUnit.MILLISECONDS.toNanos(200);

  private final List<NodeConfig> configs;
  private final List<NodeProcess> processes = new ArrayList<>();

  private Nodes(List<NodeConfig> configs) {
    this.configs = configs;
  }

  /**
   * Starts a process per configuration, and returns when all of them are connected and waiting.
   *
   * @throws NodeException if one of them fails
   */
  public static Nodes start(List<NodeConfig> configs) throws IOException {
    var nodes = new Nodes(configs);
    try {
      for (NodeConfig config : configs) {
        nodes.processes.add(NodeProcess.start(config, command()));
      }
      nodes.processes.forEach(NodeProcess::prepare);
      nodes.processes.forEach(NodeProcess::awaitReady);
      return nodes;
    } catch (IOException | RuntimeException e) {
      nodes.close();
      throw e;
    }
  }

  private static List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx512m",
        // Several JVMs share few cores: one collector thread each is enough.
        "-XX:+UseSerialGC",
        "-cp",
        System.getProperty("java.class.path"),
        NodeMain.class.getName());
  }

  /**
   * Lets all nodes run their schedules from the same instant on, and returns what they measured.
   *
   * @param progress is told about once a second how far they have come
   * @throws NodeException if one of them fails
   */
  public Measurement run(Consumer<NodeProgress> progress) throws IOException {
    long beginning = System.nanoTime() + HEAD_START;
    processes.forEach(node -> node.begin(beginning));
    List<NodeProgress> latest = new ArrayList<>();
    processes.forEach(node -> latest.add(NodeProgress.NOTHING));
    while (!latest.stream().allMatch(NodeProgress::done)) {
      for (int i = 0; i < latest.size(); i++) {
        if (!latest.get(i).done()) {
          var next = processes.get(i).nextProgress();
          latest.set(i, next.done() ? latest.get(i).finished() : next);
        }
      }
      progress.accept(latest.stream().reduce(NodeProgress::plus).orElseThrow());
    }
    return Measurement.read(configs, beginning);
  }

  /** Ends the processes that still run. */
  @Override
  public void close() {
    processes.forEach(NodeProcess::close);
  }
}
