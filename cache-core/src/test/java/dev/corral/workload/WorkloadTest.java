package dev.corral.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.history.Kind;
import dev.corral.history.Report;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The promises hold while everything goes wrong.
 *
 * <ul>
 *   <li>{@code -Dcorral.seed=} runs one seed, {@code -Dcorral.workload.seeds=} so many new ones;
 *   <li>{@code -Dcorral.workload.operations=} calls a seed;
 *   <li>{@code -Dcorral.workload.faults=} those that may happen, by {@link Fault name}; empty for
 *       none.
 * </ul>
 */
class WorkloadTest {

  private static final Logger LOG = LoggerFactory.getLogger(WorkloadTest.class);

  private static final int SEEDS = Integer.getInteger("corral.workload.seeds", 3);
  private static final int OPERATIONS = Integer.getInteger("corral.workload.operations", 10_000);

  @Test
  void thePromisesHoldWhateverGoesWrong() throws Exception {
    Long given = Long.getLong("corral.seed");
    long first = given != null ? given : System.nanoTime();
    long seeds = given != null ? 1 : SEEDS;
    for (long seed = first; seed < first + seeds; seed++) {
      Report report = new Workload(seed, OPERATIONS, faults()).run();
      LOG.info("Seed {}: worst staleness {}", seed, report.worstStaleness());

      assertThat(report.isClean()).as("-Dcorral.seed=%s: %s", seed, report).isTrue();
      assertThat(report.count(Kind.GET)).as("gets").isGreaterThan(OPERATIONS / 2);
      assertThat(report.count(Kind.LOAD)).as("loads").isPositive();
    }
  }

  private static List<Fault> faults() {
    String names = System.getProperty("corral.workload.faults");
    if (names == null) {
      return List.of(Fault.values());
    }
    Stream<String> given = Arrays.stream(names.split(",")).filter(name -> !name.isEmpty());
    return given.map(Fault::valueOf).toList();
  }
}
