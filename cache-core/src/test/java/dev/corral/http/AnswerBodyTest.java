package dev.corral.http;

import static dev.corral.http.FaultyServer.cutInBody;
import static dev.corral.http.FaultyServer.status;
import static dev.corral.http.Fixture.assertKeyIsTold;
import static dev.corral.http.Fixture.client;
import static dev.corral.http.Fixture.options;
import static dev.corral.http.Fixture.origin;
import static dev.corral.http.Fixture.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.corral.origin.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the caller makes of the body of an answer, and whose failure it is if that fails. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AnswerBodyTest {

  private final HandTime time = new HandTime();

  @ParameterizedTest
  @EnumSource
  void aFileThatCannotBeOpenedIsNoFailureOfTheServer(Way way, @TempDir Path folder)
      throws Exception {
    BodyHandler<Path> toFile = BodyHandlers.ofFile(folder.resolve("missing").resolve("x"));
    try (FaultyServer server = new FaultyServer(status(201))) {
      Origin origin = origin().build();
      RetryingHttpClient client = options(time, origin).build();

      Throwable thrown = catchThrowable(() -> way.send(client, post(server), toFile));

      assertThat(thrown).isInstanceOf(NoSuchFileException.class);
      assertKeyIsTold(thrown, server);
      assertThat(server.seen()).hasSize(1);
      assertThat(origin.stats().failures()).isZero();
      assertThat(origin.stats().running()).isZero();
      assertThat(client.stats()).isEqualTo(new HttpClientStats(0, 1, 1, 0, 0, 0, 0, 0));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDiskThatIsFullWithinTheBodyIsNoFailureOfTheServer(FullDisk.Manner manner) throws Exception {
    IOException why = new IOException("No space left on device");
    try (FaultyServer server = new FaultyServer(status(201))) {
      Origin origin = origin().build();
      RetryingHttpClient client = options(time, origin).build();

      Throwable thrown =
          catchThrowable(() -> client.send(post(server), info -> new FullDisk(manner, why)));

      assertThat(thrown).hasStackTraceContaining("No space left on device");
      assertKeyIsTold(thrown, server);
      assertThat(server.seen()).hasSize(1);
      assertThat(origin.stats().failures()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBodyThatTheServerCutsIsAFailureOfTheServerThoughTheFileFailsOfIt(
      Way way, @TempDir Path folder) throws Exception {
    Path file = folder.resolve("x");
    try (FaultyServer server = new FaultyServer(cutInBody(201))) {
      Origin origin = origin().build();
      RetryingHttpClient client = options(time, origin).build();

      assertThat(way.send(client, post(server), BodyHandlers.ofFile(file)).body()).isEqualTo(file);

      assertThat(Files.readString(file)).isEqualTo("200");
      assertThat(server.seen()).hasSize(2);
      assertThat(origin.stats().failures()).isOne();
    }
  }

  @Test
  void aStreamIsReadAfterSendHasReturned() throws Exception {
    CountDownLatch returned = new CountDownLatch(1);
    try (FaultyServer server =
        new FaultyServer(
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              exchange.getResponseBody().flush();
              returned.await();
              exchange.getResponseBody().write("later".getBytes(StandardCharsets.UTF_8));
            })) {
      try (InputStream body =
          options(time, origin().build())
              .build()
              .send(post(server), BodyHandlers.ofInputStream())
              .body()) {
        returned.countDown();

        assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("later");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatABodyHandlerThrowsTellsTheKey(Way way) throws Exception {
    BodyHandler<String> broken =
        info -> {
          throw new IllegalStateException("no such form");
        };
    try (FaultyServer server = new FaultyServer()) {
      assertThatThrownBy(() -> way.send(client(time), post(server), broken))
          .satisfies(
              thrown -> {
                Throwable cause = thrown.getCause();
                assertKeyIsTold(cause == null ? thrown : cause, server);
              });
    }
  }

  @Test
  void theHandlerOfTheCallerSeesTheLastAnswerOnly() throws Exception {
    List<Integer> statuses = new ArrayList<>();
    BodyHandler<String> handler =
        info -> {
          statuses.add(info.statusCode());
          return BodyHandlers.ofString().apply(info);
        };
    try (FaultyServer server = new FaultyServer(status(503), status(429), status(201))) {
      client(time).send(post(server), handler);

      assertThat(statuses).containsExactly(201);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatTheHandlerOfTheCallerThrowsIsNoFailureOfTheServer(Way way) throws Exception {
    BodyHandler<String> handler =
        info -> {
          throw new IllegalStateException("mine");
        };
    try (FaultyServer server = new FaultyServer()) {
      Origin origin = origin().build();

      assertThatThrownBy(() -> way.send(options(time, origin).build(), post(server), handler))
          .hasStackTraceContaining("mine");

      assertThat(server.seen()).hasSize(1);
    }
  }
}
