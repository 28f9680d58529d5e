package dev.corral.origin;

import static dev.corral.origin.TestClock.MISS;
import static dev.corral.origin.TestClock.REFRESH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PermitsTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch let = new CountDownLatch(1);
  private final Origin origin = Origin.named("db").maxConcurrentLoads(2).maxQueuedLoads(3).build();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private static LoadRequest miss(Duration patience, Duration timeout) {
    return new LoadRequest(Priority.MISS, patience, timeout);
  }

  private Future<String> start(Origin at, LoadRequest request, Callable<String> load) {
    return threads.submit(() -> at.load(request, load));
  }

  private String held() throws InterruptedException {
    assertThat(let.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return "held";
  }

  /** Starts loads that run until they are let go, and waits until they do. */
  private List<Future<String>> occupy(Origin at, int loads) {
    List<Future<String>> all = new ArrayList<>();
    for (int i = 0; i < loads; i++) {
      all.add(start(at, miss(LONG, LONG), this::held));
    }
    await().atMost(LONG).until(() -> at.stats().running() == loads);
    return all;
  }

  @Test
  void neverMoreRunThanAllowedAndAllAreServed() throws Exception {
    Origin busy = Origin.named("db").maxConcurrentLoads(3).maxQueuedLoads(200).build();
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Future<String>> loads = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      loads.add(
          start(
              busy,
              miss(LONG, LONG),
              () -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                LockSupport.parkNanos(1_000);
                running.decrementAndGet();
                return "v";
              }));
    }

    for (Future<String> load : loads) {
      assertThat(load.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo("v");
    }
    assertThat(most.get()).isBetween(1, 3);
    assertThat(busy.stats().running()).isZero();
    assertThat(busy.stats().queued()).isZero();
  }

  @Test
  void whoFindsTheQueueFullIsRejectedAtOnce() {
    occupy(origin, 2);
    for (int i = 0; i < 3; i++) {
      var unused = start(origin, miss(LONG, LONG), () -> "queued");
    }
    await().atMost(LONG).until(() -> origin.stats().queued() == 3);

    Rejection rejection =
        catchThrowableOfType(Rejection.class, () -> origin.load(MISS, () -> "never"));

    assertThat(rejection.limit()).isEqualTo(Limit.CONCURRENCY);
    assertThat(rejection).hasMessage("Origin db takes no more loads: 2 loads run and 3 wait");
    assertThat(rejection.retryAfter()).isPositive();
  }

  @Test
  void whoWaitsTooLongIsRejectedAndLeavesTheQueue() {
    occupy(origin, 2);

    Rejection rejection =
        catchThrowableOfType(
            Rejection.class, () -> origin.load(miss(Duration.ofMillis(1), LONG), () -> "never"));

    assertThat(rejection).hasMessageContaining("no permit came in time, with 2 loads running");
    assertThat(origin.stats().queued()).isZero();
  }

  @Test
  void aRefreshTakesWhatIsFreeAndNeverQueues() throws Exception {
    assertThat(origin.load(REFRESH, () -> "v")).isEqualTo("v");
    occupy(origin, 2);

    assertThat(catchThrowableOfType(Rejection.class, () -> origin.load(REFRESH, () -> "never")))
        .isNotNull();
    assertThat(origin.stats().queued()).isZero();
  }

  @Test
  void aPermitGoesToTheFirstInTheQueue() throws Exception {
    Origin one = Origin.named("db").maxConcurrentLoads(1).build();
    occupy(one, 1);
    List<Integer> order = new ArrayList<>();
    List<Future<String>> queued = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      int number = i;
      queued.add(
          start(
              one,
              miss(LONG, LONG),
              () -> {
                order.add(number);
                return "v";
              }));
      await().atMost(LONG).until(() -> one.stats().queued() == number + 1);
    }

    let.countDown();

    for (Future<String> each : queued) {
      each.get(LONG.toSeconds(), TimeUnit.SECONDS);
    }
    assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void aThreadThatIsInterruptedLeavesTheQueue() throws Exception {
    occupy(origin, 2);
    Future<String> queued = start(origin, miss(LONG, LONG), () -> "never");
    await().atMost(LONG).until(() -> origin.stats().queued() == 1);

    queued.cancel(true);

    await().atMost(LONG).until(() -> origin.stats().queued() == 0);
    let.countDown();
    await().atMost(LONG).until(() -> origin.stats().running() == 0);
    assertThat(origin.load(MISS, () -> "v")).isEqualTo("v");
  }

  // The next one to queue has the lock when the first one is interrupted and then granted a permit.
  // That one finds it when it comes by the lock to leave.
  @Test
  void aPermitThatIsGrantedToAThreadThatWasJustInterruptedGoesToTheNext() throws Exception {
    AtomicReference<Runnable> onRead = new AtomicReference<>();
    LongSupplier ticker =
        () -> {
          Runnable now = onRead.getAndSet(null);
          if (now != null) {
            now.run();
          }
          return System.nanoTime();
        };
    Permits permits = new Permits("db", 1, 2, new Runs(System::nanoTime), new LoadCost(), ticker);
    Passage held = permits.enter(Priority.MISS, LONG.toNanos());
    FutureTask<Passage> queued =
        new FutureTask<>(() -> permits.enter(Priority.MISS, LONG.toNanos()));
    Thread first = new Thread(queued);
    first.start();
    await().atMost(LONG).until(() -> first.getState() == Thread.State.TIMED_WAITING);
    Runnable interruptAndGrant =
        () -> {
          first.interrupt();
          // It waits for the lock by now, and for nothing else.
          await().atMost(LONG).until(() -> first.getState() == Thread.State.WAITING);
          held.unused();
        };
    // Who queues reads the time before it takes the lock, and once more when it has it.
    onRead.set(() -> onRead.set(interruptAndGrant));

    Passage next = permits.enter(Priority.MISS, LONG.toNanos());

    assertThat(catchThrowableOfType(ExecutionException.class, queued::get))
        .hasCauseInstanceOf(InterruptedException.class);
    next.unused();
    assertThat(permits.enter(Priority.REFRESH, 0)).isNotNull();
  }

  @Test
  void loadsThatHangGiveTheirPermitsBackWhenTheirTimeIsUp() throws Exception {
    Origin hung = Origin.named("db").maxConcurrentLoads(2).build();
    LoadRequest short1 = miss(LONG, Duration.ofMillis(50));
    List<Future<String>> hanging = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      hanging.add(start(hung, short1, this::held));
    }
    await().atMost(LONG).until(() -> hung.stats().attempts() == 2);

    List<Future<String>> others = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      others.add(start(hung, miss(LONG, LONG), () -> "v"));
    }

    for (Future<String> other : others) {
      assertThat(other.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo("v");
    }
    assertThat(hung.stats().givenUp()).isEqualTo(2);
    let.countDown();
    for (Future<String> each : hanging) {
      // Their callers get what they came by, and no permit comes back a second time.
      assertThat(each.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo("held");
    }
    occupyExactly(hung, 2);
  }

  private void occupyExactly(Origin at, int permits) throws Exception {
    CountDownLatch all = new CountDownLatch(permits);
    CountDownLatch done = new CountDownLatch(1);
    for (int i = 0; i < permits; i++) {
      var unused =
          start(
              at,
              miss(LONG, LONG),
              () -> {
                all.countDown();
                done.await();
                return "v";
              });
    }
    assertThat(all.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(catchThrowableOfType(Rejection.class, () -> at.load(REFRESH, () -> "never")))
        .isNotNull();
    done.countDown();
  }

  @Test
  void whatALoadThrowsGivesItsPermitBack() {
    for (int i = 0; i < 5; i++) {
      Future<String> failing =
          start(
              origin,
              MISS,
              () -> {
                throw new IllegalStateException("down");
              });
      assertThat(catchThrowableOfType(ExecutionException.class, failing::get))
          .hasRootCauseMessage("down");
    }

    assertThat(origin.stats().running()).isZero();
    occupy(origin, 2);
  }

  @Test
  void aPermitIsTakenBackAtItsTimeThoughOthersAreHeldForEver() throws Exception {
    // Near the overflow, so that times must be compared by subtraction.
    TestClock clock = new TestClock();
    clock.advance(Duration.ofNanos(Long.MAX_VALUE).minus(Duration.ofSeconds(1)));
    Origin two = clock.origin().maxConcurrentLoads(2).build();
    LoadRequest endless = miss(LONG, Duration.ofSeconds(Long.MAX_VALUE));
    LoadRequest brief = miss(LONG, Duration.ofMillis(100));

    String loaded =
        two.load(
            endless,
            () ->
                two.load(
                    brief,
                    () -> {
                      clock.advance(Duration.ofMillis(100));
                      return two.load(REFRESH, () -> "v");
                    }));

    assertThat(loaded).isEqualTo("v");
    assertThat(two.stats().givenUp()).isOne();
  }

  @Test
  void patienceWithoutEndIsAllowed() throws Exception {
    LoadRequest patient = miss(Duration.ofSeconds(Long.MAX_VALUE), LONG);

    assertThat(origin.load(patient, () -> "v")).isEqualTo("v");
  }

  @Test
  void whoQueuesBeforeALoadBeginsIsWokenWhenThatLoadHangs() throws Exception {
    AtomicBoolean first = new AtomicBoolean(true);
    AtomicReference<Origin> self = new AtomicReference<>();
    // A load has its permit, and then waits for its turn at the rate limit.
    Pauses untilSomebodyQueues =
        nanos -> {
          if (first.compareAndSet(true, false)) {
            await()
                .atMost(LONG)
                .until(() -> Objects.requireNonNull(self.get()).stats().queued() == 1);
          }
        };
    Origin one =
        Origin.named("db")
            .maxConcurrentLoads(1)
            .rateLimit(2, LONG)
            .pauses(untilSomebodyQueues)
            .build();
    self.set(one);
    one.load(MISS, () -> "v");
    one.load(MISS, () -> "v");
    Duration patience = LONG.multipliedBy(10);
    var unused = start(one, miss(patience, Duration.ofMillis(1)), this::held);
    await().atMost(LONG).until(() -> !first.get());

    Future<String> waits = start(one, miss(patience, LONG), () -> "v");

    assertThat(waits.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo("v");
  }
}
