package dev.corral.bench.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * One node process. It takes its orders from standard input and answers on standard output, a line
 * each:
 *
 * <pre>
 * in   {"node":0, …}           the {@link NodeConfig}
 * in   clock                   out  clock 123456789          this process' System.nanoTime()
 * in   prepare 0               connect; the number says by how much this clock is ahead
 *                              out  ready
 * in   begin 123456789         run the schedule from that time of the program's clock on
 *                              out  progress 4711 12 0       gets, loads and errors, every second
 *                              out  done                     the files are written
 * </pre>
 *
 * <p>When its standard input ends, the program that started it has ended, and so does the node.
 */
public final class NodeMain {
  private static final int FAILED = 1;

  private NodeMain() {}

  public static void main(String[] args) throws IOException {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, e) -> {
          e.printStackTrace();
          Runtime.getRuntime().halt(FAILED); // a node that lost a thread has nothing to tell
        });
    var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var node = new Node(NodeFiles.JSON.readValue(orders.readLine(), NodeConfig.class), System.out);
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      obey(node, order.split(" ", -1));
    }
    Runtime.getRuntime().halt(0);
  }

  private static void obey(Node node, String[] order) throws IOException {
    switch (order[0]) {
      case "clock" -> node.tellClock();
      case "prepare" -> node.prepare(new SharedClock(Long.parseLong(order[1])));
      case "begin" -> node.begin(Long.parseLong(order[1]));
      default -> throw new IOException("Not an order: " + String.join(" ", order));
    }
  }
}
