package dev.corral.bench.herd;

import dev.corral.bench.node.NodeFiles;
import dev.corral.bench.node.SharedClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * One process of a herd. It takes its orders from standard input and answers on standard output, a
 * line each:
 *
 * <pre>
 * in   {"process":0, …}        the {@link HerdConfig}
 * in   clock                   out  clock 123456789      this process' System.nanoTime()
 * in   prepare 0               connect; the number says by how much this clock is ahead
 *                              out  ready
 * in   warm 0 1000             get so many other keys, from that one on, when the others do
 *                              out  warm
 * in   gather KEY 1000         out  gathered             so many waiters stand at the barrier
 * in   release 123456789       let them go at that time of the program's clock
 *                              out  round {"loads":…}    the {@link RoundReport}
 * in   ping 123456789          out  ping 70000           what one took at that time, in nanoseconds
 * </pre>
 *
 * <p>When its standard input ends, the program that started it has ended, and so does the process.
 */
public final class HerdMain {
  private static final int FAILED = 1;

  private HerdMain() {}

  public static void main(String[] args) throws Exception {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, e) -> {
          e.printStackTrace();
          Runtime.getRuntime().halt(FAILED); // a herd that lost a thread has nothing to tell
        });
    var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var node =
        new HerdNode(NodeFiles.JSON.readValue(orders.readLine(), HerdConfig.class), System.out);
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      obey(node, order.split(" ", -1));
    }
    Runtime.getRuntime().halt(0);
  }

  private static void obey(HerdNode node, String[] order) throws Exception {
    switch (order[0]) {
      case "clock" -> node.tellClock();
      case "prepare" -> node.prepare(new SharedClock(Long.parseLong(order[1])));
      case "warm" -> node.warm(Integer.parseInt(order[1]), Integer.parseInt(order[2]));
      case "gather" -> node.gather(order[1], Integer.parseInt(order[2]));
      case "release" -> node.release(Long.parseLong(order[1]));
      case "ping" -> node.ping(Long.parseLong(order[1]));
      default -> throw new IOException("Not an order: " + String.join(" ", order));
    }
  }
}
