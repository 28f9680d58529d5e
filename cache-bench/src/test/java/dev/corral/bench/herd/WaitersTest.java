package dev.corral.bench.herd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.bench.contender.Page;
import dev.corral.bench.contender.PageLoader;
import dev.corral.bench.node.HistogramText;
import dev.corral.bench.node.SharedClock;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitersTest {
  private static final SharedClock CLOCK = new SharedClock(0);

  @Test
  void anExceptionAndAnotherPageAreFailures() {
    PageLoader failing =
        key -> {
          throw new IOException("The database is away");
        };

    assertThat(ask(key -> new Page(SleepingOrigin.content(key), 0)).failures()).isZero();
    assertThat(ask(key -> new Page("something else", 0)).failure())
        .isEqualTo("\"something else\" for 7");
    assertThat(ask(failing).failure()).isEqualTo("java.io.IOException: The database is away");
  }

  @Test
  void eachWaitCountsFromTheAgreedInstantEvenIfTheWaiterIsLetGoLater() {
    var waiters = waiters(key -> new Page(SleepingOrigin.content(key), 0), 2);
    long agreed = CLOCK.now() - 1_000_000_000;
    waiters.ask(0);
    waiters.ask(1);

    var waits = HistogramText.decode(waiters.report(agreed, List.of()).waits());

    assertThat(waits.getTotalCount()).isEqualTo(2);
    assertThat(waits.getMinValue()).isGreaterThan(990_000_000);
  }

  private static RoundReport ask(PageLoader origin) {
    var waiters = waiters(origin, 1);
    long at = CLOCK.now();
    waiters.ask(0);
    return waiters.report(at, List.of());
  }

  private static Waiters waiters(PageLoader origin, int count) {
    return new Waiters(new Latch(origin), "7", count, CLOCK);
  }
}
