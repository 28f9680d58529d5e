package dev.corral.http;

import static dev.corral.http.Fixture.get;
import static dev.corral.http.Fixture.options;
import static dev.corral.http.Fixture.origin;
import static dev.corral.http.Fixture.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corral.origin.Origin;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The executor of the JDK's client has no thread that is free, or takes no task any more. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UselessExecutorTest {

  private final HandTime time = new HandTime();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch over = new CountDownLatch(1);

  @AfterEach
  void end() {
    over.countDown();
    threads.shutdownNow();
  }

  private void park() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Where the only thread is held when the headers have come. */
  enum Held {
    BY_ANOTHER_TASK,
    BY_THE_HANDLER
  }

  @ParameterizedTest
  @EnumSource
  void sendEndsAtItsDeadlineThoughTheOnlyThreadIsHeld(Held held) throws Exception {
    ExecutorService single = Executors.newSingleThreadExecutor();
    HttpClient http = HttpClient.newBuilder().executor(single).build();
    BodyHandler<String> handler =
        info -> {
          if (held == Held.BY_THE_HANDLER) {
            park();
          } else {
            single.execute(this::park);
          }
          return BodyHandlers.ofString().apply(info);
        };
    try (FaultyServer server = new FaultyServer()) {
      server.then(server.hangInBody());
      Origin origin = origin().build();
      Duration second = Duration.ofSeconds(1);
      RetryingHttpClient client =
          RetryingHttpClient.builder(http, origin, second).deadline(second).build();

      NoAnswerException failure =
          catchThrowableOfType(NoAnswerException.class, () -> client.send(get(server), handler));

      assertThat(failure.reason()).isEqualTo(GaveUp.OUT_OF_TIME);
      assertThat(failure).cause().isInstanceOf(HttpTimeoutException.class);
      assertThat(server.seen()).hasSize(1);
      assertThat(origin.stats().failures()).isOne();
      assertThat(origin.stats().running()).isZero();
      assertThat(client.stats()).isEqualTo(new HttpClientStats(0, 1, 1, 0, 0, 0, 0, 1));
    } finally {
      single.shutdownNow();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAttemptEndsInTimeThoughItsExecutorRejects(Way way) throws Exception {
    AtomicBoolean full = new AtomicBoolean();
    Executor executor =
        task -> {
          if (full.get()) {
            throw new RejectedExecutionException("full");
          }
          threads.execute(task);
        };
    CountDownLatch begun = new CountDownLatch(1);
    try (FaultyServer server = new FaultyServer()) {
      server.then(server.hangInBody());
      Origin origin = origin().build();
      RetryingHttpClient client =
          options(time, origin, HttpClient.newBuilder().executor(executor).build())
              .maxAttempts(1)
              .build();
      FutureTask<HttpResponse<String>> sending =
          new FutureTask<>(
              () ->
                  way.send(
                      client, get(server), info -> new LoudBody(begun, new CompletableFuture<>())));
      new Thread(sending).start();
      begun.await();

      full.set(true);
      time.expire();

      assertThatThrownBy(sending::get)
          .cause()
          .isInstanceOf(NoAnswerException.class)
          .hasMessageEndingWith("after 1 attempts: OUT_OF_ATTEMPTS")
          .cause()
          .isInstanceOf(HttpTimeoutException.class)
          .hasMessage("No answer in PT2S");
      assertThat(origin.stats().running()).isZero();
    }
  }

  @Test
  void whatIsCancelledBeforeItBeginsIsNotSent() throws Exception {
    Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    try (FaultyServer server = new FaultyServer()) {
      Origin origin = origin().build();
      RetryingHttpClient client =
          options(time, origin, HttpClient.newBuilder().executor(tasks::add).build()).build();
      CompletableFuture<HttpResponse<Void>> sending =
          client.sendAsync(post(server), BodyHandlers.discarding());

      sending.cancel(true);
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
      }

      assertThat(client.stats()).isEqualTo(new HttpClientStats(0, 1, 0, 0, 0, 0, 0, 0));
      assertThat(origin.stats().running()).isZero();
      assertThat(server.seen()).isEmpty();
    }
  }
}
