package dev.corral.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.history.HistoryChecker;
import dev.corral.history.Kind;
import dev.corral.history.NodeLog;
import dev.corral.history.Operation;
import dev.corral.history.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The promises hold between real processes while everything goes wrong for real: each fault once or
 * more, in an order that the seed says, with the callers at work.
 *
 * <ul>
 *   <li>{@code -Dcorral.seed=} tries again what a seed tries; the threads meet in other ways;
 *   <li>{@code -Dcorral.workload.faults=} those that may happen, by name; empty for none.
 * </ul>
 */
class ProcessWorkload {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessWorkload.class);

  private static final Duration LEAST = Duration.ofSeconds(12);
  private static final int LONGEST_FAULT_MILLIS = 600;
  private static final int LONGEST_QUIET_MILLIS = 500;

  @Test
  @Timeout(180)
  void thePromisesHoldBetweenProcesses(@TempDir Path directory) throws Exception {
    long seed = Long.getLong("corral.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    try (ProcessCluster cluster = new ProcessCluster(directory, random)) {
      long begin = System.nanoTime();
      cluster.obey("call");
      for (ProcessFault fault : shuffled(seed)) {
        happen(fault, cluster, random);
      }
      ProcessCluster.pause(LEAST.minusNanos(System.nanoTime() - begin));
      cluster.obey("stop");
      cluster.sync();
      // By then all nodes must have heard of everything.
      ProcessCluster.pause(Times.ALLOWANCES.bound());
      cluster.obey("look");

      Report report = HistoryChecker.check(cluster.operations(), Times.ALLOWANCES);
      LOG.info("Seed {}: {}", seed, report);
      assertThat(report.isClean()).as("-Dcorral.seed=%s: %s", seed, report).isTrue();
      assertThat(report.count(Kind.GET)).as("gets").isGreaterThan(5_000);
      assertThat(report.count(Kind.LOAD)).as("loads").isGreaterThan(500);
    }
  }

  private static void happen(ProcessFault fault, ProcessCluster cluster, SplittableRandom random)
      throws IOException {
    ProcessCluster.pause(Duration.ofMillis(random.nextInt(LONGEST_QUIET_MILLIS)));
    NodeProcess node = cluster.nodes.get(random.nextInt(cluster.nodes.size()));
    NodeLog log = fault.isEverywhere() ? cluster.history.everywhere() : node.log();
    List<Operation> states = new ArrayList<>();
    if (fault.state != null) {
      states.add(log.begin(fault.state, (String) null));
    }
    if (fault == ProcessFault.REDIS_KILLED) {
      states.add(log.begin(Kind.REDIS_LOST, (String) null));
    }
    fault.begin(cluster, node, random);
    ProcessCluster.pause(Duration.ofMillis(100 + random.nextInt(LONGEST_FAULT_MILLIS)));
    fault.end(cluster, node);
    states.forEach(Operation::done);
  }

  /** Each fault once, in an order of the seed's. */
  private static List<ProcessFault> shuffled(long seed) {
    List<ProcessFault> faults = new ArrayList<>(faults());
    Collections.shuffle(faults, new Random(seed));
    return faults;
  }

  private static List<ProcessFault> faults() {
    String names = System.getProperty("corral.workload.faults");
    if (names == null) {
      return List.of(ProcessFault.values());
    }
    Stream<String> given = Arrays.stream(names.split(",")).filter(name -> !name.isEmpty());
    return given.map(ProcessFault::valueOf).toList();
  }
}
