package dev.corral.http;

import static dev.corral.http.FaultyServer.status;
import static dev.corral.http.Fixture.assertKeyIsTold;
import static dev.corral.http.Fixture.client;
import static dev.corral.http.Fixture.get;
import static dev.corral.http.Fixture.options;
import static dev.corral.http.Fixture.origin;
import static dev.corral.http.Fixture.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.origin.Origin;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that their sender breaks off. */
@Timeout(
    value = 60,
    threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // some loops take no interrupt
class BrokenOffTest {

  private final HandTime time = new HandTime();

  @Test
  void cancellingBreaksOffTheAttemptAndMakesNoOther() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    try (FaultyServer server = new FaultyServer()) {
      server.then(server.hang(reached));
      Origin origin = origin().maxConcurrentLoads(1).build();
      RetryingHttpClient client = options(time, origin).build();
      CompletableFuture<HttpResponse<Void>> sending =
          client.sendAsync(post(server), BodyHandlers.discarding());
      reached.await();

      sending.cancel(true);

      // Waits for the permit of the first.
      assertThat(client.send(get(server), BodyHandlers.discarding()).statusCode()).isEqualTo(200);
      assertThat(server.seen()).hasSize(2);
      assertThat(origin.stats().failures()).isZero();
      assertThat(client.stats().retries()).isZero();
    }
  }

  @Test
  void cancellingEndsAPause() throws Exception {
    time.holdPauses();
    try (FaultyServer server = new FaultyServer(status(503))) {
      RetryingHttpClient client = client(time);
      CompletableFuture<HttpResponse<Void>> sending =
          client.sendAsync(post(server), BodyHandlers.discarding());
      while (time.pauses().isEmpty()) {
        Thread.onSpinWait();
      }

      sending.cancel(true);
      while (client.stats().running() > 0) {
        Thread.onSpinWait();
      }

      assertThat(server.seen()).hasSize(1);
    }
  }

  @Test
  void aPauseThatBeginsWhileTheRequestIsCancelledEndsToo() throws Exception {
    CompletableFuture<CompletableFuture<HttpResponse<Void>>> sending = new CompletableFuture<>();
    time.holdPauses();
    time.duringPauses(() -> sending.join().cancel(true));
    try (FaultyServer server = new FaultyServer(status(503))) {
      RetryingHttpClient client = client(time);

      sending.complete(client.sendAsync(post(server), BodyHandlers.discarding()));
      while (client.stats().running() > 0) {
        Thread.onSpinWait();
      }

      assertThat(server.seen()).hasSize(1);
    }
  }

  @Test
  void anInterruptBreaksOffTheAttempt() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    try (FaultyServer server = new FaultyServer()) {
      server.then(server.hang(reached));
      Origin origin = origin().build();
      RetryingHttpClient client = options(time, origin).build();
      FutureTask<HttpResponse<String>> sending =
          new FutureTask<>(() -> client.send(post(server), BodyHandlers.ofString()));
      Thread sender = new Thread(sending);
      sender.start();
      reached.await();

      sender.interrupt();

      assertThatThrownBy(sending::get)
          .cause()
          .isInstanceOf(InterruptedException.class)
          .satisfies(thrown -> assertKeyIsTold(thrown, server));
      assertThat(server.seen()).hasSize(1);
      assertThat(origin.stats().failures()).isZero();
      assertThat(client.stats().running()).isZero();
    }
  }
}
