package dev.corral.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A long history, of {@code -Dcorral.history.operations=} operations, in which nothing is wrong but
 * one thing. Half of it is about one key.
 */
class LongHistoryTest {

  private static final int OPERATIONS = Integer.getInteger("corral.history.operations", 100_000);
  private static final int NODES = 3;
  private static final int KEYS = 1_000;

  private final SplittableRandom random = new SplittableRandom(1);
  private final List<Operation> operations = new ArrayList<>();
  private final long[] ids = new long[KEYS];
  private long now;

  @Test
  void theOneThingThatIsWrongIsFound() {
    while (operations.size() < OPERATIONS) {
      now += 1_000;
      int key = random.nextBoolean() ? 0 : random.nextInt(KEYS);
      int what = random.nextInt(1_000);
      if (what == 0) {
        add(Kind.INVALIDATE_ALL, null, Operation.NO_ID, Outcome.DONE);
        Arrays.fill(ids, 0);
      } else if (what < 50) {
        add(Kind.INVALIDATE, key, Operation.NO_ID, Outcome.DONE);
        ids[key] = 0;
      } else if (ids[key] == 0) {
        ids[key] = operations.size();
        add(Kind.LOAD, key, ids[key], Outcome.VALUE);
      } else {
        add(Kind.GET, key, ids[key], Outcome.VALUE);
      }
    }
    now += Duration.ofSeconds(1).toNanos();
    add(Kind.LOAD, 0, -2, Outcome.VALUE);
    add(Kind.INVALIDATE, 0, Operation.NO_ID, Outcome.DONE);
    now += Duration.ofSeconds(1).toNanos();
    add(Kind.GET, 0, -2, Outcome.VALUE);

    Report report = HistoryChecker.check(operations, Tale.ALLOWANCES);

    assertThat(report.violations()).extracting(Violation::promise).containsExactly(Promise.P2);
    assertThat(report.violations().get(0).operations())
        .contains(operations.get(operations.size() - 1));
  }

  private void add(Kind kind, @Nullable Integer key, long id, Outcome outcome) {
    String node = "n" + random.nextInt(NODES);
    String name = key == null ? null : "k" + key;
    Operation operation =
        new Operation(kind, node, random.nextInt(8), name, now).carrying(Operation.NO_VERSION, id);
    operation.endAt(now += 500, outcome);
    operations.add(operation);
    now += 500;
  }
}
