package dev.corral.bench.workload;

import dev.corral.bench.JavaProcess;
import dev.corral.history.NodeLog;
import dev.corral.servers.faults.Connections;
import dev.corral.servers.faults.FaultProxy;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A node in a process of its own, behind a proxy of its own, as seen from the test.
 *
 * @param log what the test knows of how it fares
 * @param file where its history is at the end
 */
record NodeProcess(JavaProcess process, FaultProxy proxy, NodeLog log, Path file)
    implements AutoCloseable {

  /** Has the node do something, and waits until it has. */
  void obey(String order) throws IOException {
    process.tell(order);
    process.after("done");
  }

  /** Cuts the node's subscription, and waits until it has a new one. */
  void resubscribe() {
    long before = proxy.commands("SUBSCRIBE");
    proxy.cut(Connections.SUBSCRIBERS);
    // Its own channel, and that of the cache.
    ProcessCluster.await(() -> proxy.commands("SUBSCRIBE") >= before + 2);
    awaitSubscribed();
  }

  void awaitSubscribed() {
    ProcessCluster.await(() -> proxy.openConnections(Connections.SUBSCRIBERS) > 0);
  }

  /** Sends a signal by its name, such as STOP. */
  void signal(String name) throws IOException {
    // Through the shell, whose kill is built in: slim images have no program of that name.
    String command = "kill -" + name + " " + process.process().pid();
    int exit = new ProcessBuilder("sh", "-c", command).start().onExit().join().exitValue();
    if (exit != 0) {
      throw new IllegalStateException("Cannot send " + name + " to " + process);
    }
  }

  @Override
  public void close() {
    process.close();
    proxy.close();
  }
}
