package dev.corral.bench.workload;

import dev.corral.bench.JavaProcess;
import dev.corral.history.History;
import dev.corral.history.HistoryFile;
import dev.corral.history.Operation;
import dev.corral.servers.RedisServer;
import dev.corral.servers.faults.FaultProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The node processes of one run, the Redis that they share, and another that is their origin. */
final class ProcessCluster implements AutoCloseable {

  private static final int NODES = 3;

  /** Of which a seed has one: what is cleared often shows nothing that was forgotten. */
  private static final double[] CLEARING = {0, 0.001, 0.01};

  final RedisServer server = RedisServer.start();
  final List<NodeProcess> nodes = new ArrayList<>();
  final History history = new History();
  private final RedisServer origin = RedisServer.start();

  ProcessCluster(Path directory, SplittableRandom random) throws IOException {
    String clearing = String.valueOf(CLEARING[random.nextInt(CLEARING.length)]);
    for (int i = 0; i < NODES; i++) {
      String name = "n" + i;
      Path file = directory.resolve(name + ".history");
      FaultProxy proxy = FaultProxy.before(server);
      JavaProcess process =
          JavaProcess.start(
              WorkloadNode.class,
              name,
              proxy.host(),
              String.valueOf(proxy.port()),
              origin.uri().toString(),
              String.valueOf(random.nextLong()),
              clearing,
              file.toString());
      nodes.add(new NodeProcess(process, proxy, history.node(name), file));
    }
    for (NodeProcess node : nodes) {
      node.process().after("ready");
    }
    sync();
  }

  /** Has all nodes do something at a time, and waits until they have. */
  void obey(String order) throws IOException {
    for (NodeProcess node : nodes) {
      node.process().tell(order);
    }
    for (NodeProcess node : nodes) {
      node.process().after("done");
    }
  }

  void sync() throws IOException {
    obey("sync");
  }

  /** Returns what the nodes have written, and what the test knows itself. */
  Collection<Operation> operations() throws IOException {
    List<Operation> all = HistoryFile.read(nodes.stream().map(NodeProcess::file).toList());
    all.addAll(history.operations());
    return all;
  }

  /** Waits for as long as it takes; nothing but the time limit of the test ends it. */
  static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      pause(Duration.ofMillis(2));
    }
  }

  static void pause(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
    }
  }

  @Override
  public void close() {
    nodes.forEach(NodeProcess::close);
    server.close();
    origin.close();
  }
}
