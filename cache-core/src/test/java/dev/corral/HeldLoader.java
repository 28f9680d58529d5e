package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A loader that tells when it was called, and answers when it is let. */
final class HeldLoader implements Loader<Long, String> {

  private final AtomicInteger calls = new AtomicInteger();
  private final Semaphore called = new Semaphore(0);
  private final CountDownLatch let = new CountDownLatch(1);
  private final Callable<@Nullable String> answer;

  private HeldLoader(Callable<@Nullable String> answer) {
    this.answer = answer;
  }

  static HeldLoader returning(@Nullable String value) {
    return new HeldLoader(() -> value);
  }

  static HeldLoader throwing(Exception failure) {
    return new HeldLoader(
        () -> {
          throw failure;
        });
  }

  static HeldLoader throwing(Error failure) {
    return new HeldLoader(
        () -> {
          throw failure;
        });
  }

  @Override
  public @Nullable String load(Long key) throws Exception {
    calls.incrementAndGet();
    called.release();
    assertThat(let.await(Call.PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("let go").isTrue();
    return answer.call();
  }

  /** Waits for the next call that was not waited for yet. */
  HeldLoader awaitCalled() throws InterruptedException {
    assertThat(called.tryAcquire(Call.PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .as("the loader was called")
        .isTrue();
    return this;
  }

  void letGo() {
    let.countDown();
  }

  int calls() {
    return calls.get();
  }
}
