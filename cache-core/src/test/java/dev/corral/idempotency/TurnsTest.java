package dev.corral.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Callers of one process who come with one key ask the store as one. */
@Timeout(60)
class TurnsTest extends IdempotencyScene {

  private static final int FOLLOWERS = 40;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch running = new CountDownLatch(1);
  private final CompletableFuture<String> held = new CompletableFuture<>();

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  private String hold(Attempt<String> attempt) throws Exception {
    running.countDown();
    String said = held.get();
    if (said.equals("busy")) {
      throw new IOException(said);
    }
    return said;
  }

  private Future<Executed<String>> lead(Idempotency<String> calls) throws InterruptedException {
    Future<Executed<String>> leader = threads.submit(() -> calls.execute(KEY, ONE, this::hold));
    running.await();
    return leader;
  }

  private List<Future<Executed<String>>> follow(Idempotency<String> calls) {
    List<Future<Executed<String>>> followers = new ArrayList<>();
    for (int i = 0; i < FOLLOWERS; i++) {
      followers.add(threads.submit(() -> calls.execute(KEY, ONE, this::run)));
    }
    await().until(() -> calls.stats().waits() == FOLLOWERS);
    return followers;
  }

  @Test
  void whoeverWaitsForOneOfTheSameProcessGetsItsOutcomeWithoutAskingTheStore() throws Exception {
    Future<Executed<String>> leader = lead(charges);
    List<Future<Executed<String>>> followers = follow(charges);

    held.complete("theirs");

    assertThat(leader.get()).isEqualTo(new Executed<>("theirs", false, true));
    for (Future<Executed<String>> follower : followers) {
      assertThat(follower.get()).isEqualTo(new Executed<>("theirs", true, true));
    }
    assertThat(store.tried("reserve")).isEqualTo(1);
    assertThat(charges.stats().replays()).isEqualTo(FOLLOWERS);
    assertThat(charges.requestsUnderWay()).isZero();
  }

  @Test
  void afterARetryableFailureOneOfThemRunsAndTheRestGetThat() throws Exception {
    Idempotency<String> retrying = builder().retryOn(IOException.class).build();
    Future<Executed<String>> leader = lead(retrying);
    List<Future<Executed<String>>> followers = follow(retrying);

    held.complete("busy");

    assertThat(leader).failsWithin(Duration.ofSeconds(30));
    for (Future<Executed<String>> follower : followers) {
      assertThat(follower.get().value()).isEqualTo("run 1");
    }
    assertThat(runs).hasValue(1);
    // Whoever did not get round to waiting for the second asks for itself, and once.
    assertThat(store.tried("reserve")).isLessThanOrEqualTo(1 + FOLLOWERS);
  }

  @Test
  void oneWaitsForAnotherProcessAndTheRestForIt() throws Exception {
    Reservation theirs = reservedByAnother();
    CountDownLatch waiting = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    store.onAwait(
        () -> {
          waiting.countDown();
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    Future<Executed<String>> first = threads.submit(() -> charges.execute(KEY, ONE, this::run));
    waiting.await();
    int before = store.tried("reserve");
    List<Future<Executed<String>>> rest = new ArrayList<>();
    for (int i = 0; i < FOLLOWERS; i++) {
      rest.add(threads.submit(() -> charges.execute(KEY, ONE, this::run)));
    }
    await().until(() -> charges.stats().waits() == FOLLOWERS + 1);

    memory.complete(theirs, value("theirs"));
    over.countDown();

    assertThat(first.get().value()).isEqualTo("theirs");
    for (Future<Executed<String>> one : rest) {
      assertThat(one.get()).isEqualTo(new Executed<>("theirs", true, true));
    }
    assertThat(store.tried("reserve") - before).isEqualTo(1);
  }

  @Test
  void anotherRequestWithTheKeyDoesNotWait() throws Exception {
    Future<Executed<String>> leader = lead(charges);

    assertThatExceptionOfType(KeyReusedException.class)
        .isThrownBy(() -> charges.execute(KEY, OTHER, this::run));

    held.complete("done");
    leader.get();
  }

  @Test
  void whoseTimeIsUpAsksOnceForItself() throws Exception {
    Idempotency<String> hasty = builder().waitLimit(MOMENT).build();
    Future<Executed<String>> leader = lead(hasty);

    assertThatExceptionOfType(InProgressException.class)
        .isThrownBy(() -> hasty.execute(KEY, ONE, this::run))
        .satisfies(e -> assertThat(e.retryAfter()).isEqualTo(RESERVED));

    assertThat(store.tried("reserve")).isEqualTo(2);
    held.complete("done");
    leader.get();
  }

  @Test
  void anActionThatHangsDoesNotHoldUpItsProcess() throws Exception {
    Idempotency<String> calls =
        builder().longestAction(Duration.ofSeconds(10)).waitLimit(Duration.ofHours(1)).build();
    Future<Executed<String>> hanging = lead(calls);
    Future<Executed<String>> follower = threads.submit(() -> calls.execute(KEY, ONE, this::run));
    await().until(() -> calls.stats().waits() == 1);

    // It used up its time, and nobody renews its reservation: the other goes on, and takes it over.
    time.advance(RESERVED);
    scheduler.advance(Duration.ofSeconds(10));

    assertThat(follower.get().value()).isEqualTo("run 1");
    held.complete("too late");
    assertThat(hanging)
        .failsWithin(Duration.ofSeconds(30))
        .withThrowableThat()
        .withCauseInstanceOf(ReservationLostException.class);
  }

  @Test
  void aTurnThatEndsWithAnErrorIsPassedOn() throws Exception {
    Future<Executed<String>> leader =
        threads.submit(
            () ->
                charges.execute(
                    KEY,
                    ONE,
                    attempt -> {
                      running.countDown();
                      held.join();
                      throw new StackOverflowError();
                    }));
    running.await();
    Future<Executed<String>> follower = threads.submit(() -> charges.execute(KEY, ONE, this::run));
    await().until(() -> charges.stats().waits() == 1);
    time.advance(RESERVED);

    held.complete("");

    assertThat(leader).failsWithin(Duration.ofSeconds(30));
    assertThat(follower.get().value()).isEqualTo("run 1");
    assertThat(charges.requestsUnderWay()).isZero();
  }
}
