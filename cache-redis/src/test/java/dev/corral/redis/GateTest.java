package dev.corral.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class GateTest {

  private static final long LONG = Duration.ofMinutes(5).toNanos();

  private final Gate gate = new Gate(2);

  @Test
  void asManyPassAtOnceAsThereArePermits() {
    assertThat(gate.enter(0)).isEqualTo(Gate.Pass.FREE);
    assertThat(gate.enter(0)).isEqualTo(Gate.Pass.FREE);
    assertThat(gate.enter(0)).isEqualTo(Gate.Pass.EXHAUSTED);
    assertThat(gate.enter(1)).isEqualTo(Gate.Pass.EXHAUSTED);

    gate.leave();

    assertThat(gate.enter(0)).isEqualTo(Gate.Pass.FREE);
  }

  @Test
  void whoLeavesLetsOneInOfThoseWhoWait() throws Exception {
    fill();
    List<CompletableFuture<Gate.Pass>> waiting = List.of(enter(), enter());

    gate.leave();
    assertThat(CompletableFuture.anyOf(waiting.get(0), waiting.get(1)).get(10, TimeUnit.SECONDS))
        .isEqualTo(Gate.Pass.FREE);
    assertThat(waiting.stream().filter(CompletableFuture::isDone)).hasSize(1);

    gate.leave();
    assertThat(result(waiting.get(0))).isEqualTo(Gate.Pass.FREE);
    assertThat(result(waiting.get(1))).isEqualTo(Gate.Pass.FREE);
  }

  @Test
  void whoeverWaitsWhenItShutsIsSentAway() throws Exception {
    fill();
    List<CompletableFuture<Gate.Pass>> waiting = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      waiting.add(enter());
    }

    gate.shut();

    for (CompletableFuture<Gate.Pass> each : waiting) {
      assertThat(result(each)).isEqualTo(Gate.Pass.SHUT);
    }
  }

  @Test
  void whileShutNobodyPassesThoughConnectionsAreFree() {
    gate.shut();
    assertThat(gate.enter(LONG)).isEqualTo(Gate.Pass.SHUT);

    gate.open();

    assertThat(gate.enter(LONG)).isEqualTo(Gate.Pass.FREE);
  }

  @Test
  void thoseInsideLeaveAfterItHasShut() {
    fill();
    gate.shut();
    gate.leave();
    gate.leave();

    gate.open();

    fill();
  }

  @Test
  void anInterruptNeitherEndsTheWaitNorIsLost() throws Exception {
    fill();
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread waiter =
        start(
            () -> {
              assertThat(gate.enter(LONG)).isEqualTo(Gate.Pass.FREE);
              interrupted.complete(Thread.currentThread().isInterrupted());
            });
    waiter.interrupt();
    await().until(() -> !waiter.isInterrupted());
    assertThat(interrupted).isNotDone();

    gate.leave();

    assertThat(result(interrupted)).isTrue();
  }

  private void fill() {
    assertThat(gate.enter(0)).isEqualTo(Gate.Pass.FREE);
    assertThat(gate.enter(0)).isEqualTo(Gate.Pass.FREE);
  }

  private CompletableFuture<Gate.Pass> enter() {
    CompletableFuture<Gate.Pass> pass = new CompletableFuture<>();
    start(() -> pass.complete(gate.enter(LONG)));
    return pass;
  }

  private Thread start(Runnable action) {
    Thread thread = new Thread(action, "gate-test");
    thread.setDaemon(true);
    thread.start();
    await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    return thread;
  }

  private static <T> T result(CompletableFuture<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(10, TimeUnit.SECONDS);
  }
}
