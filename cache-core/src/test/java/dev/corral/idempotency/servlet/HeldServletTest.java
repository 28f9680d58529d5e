package dev.corral.idempotency.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.corral.idempotency.InMemoryIdempotencyStore;
import dev.corral.idempotency.http.HttpIdempotency;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a servlet can do with a request that has been read, and a response that is held back. */
@Timeout(60)
class HeldServletTest {

  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpIdempotency rules =
      HttpIdempotency.builder(new InMemoryIdempotencyStore()).build();
  private final AtomicInteger runs = new AtomicInteger();
  private URI charges = URI.create("http://localhost/not-started");
  private Runnable stop = () -> {};

  private void serve(TomcatServer.Service service, Filter... before) throws Exception {
    serve(rules, service, before);
  }

  private void serve(HttpIdempotency with, TomcatServer.Service service, Filter... before)
      throws Exception {
    TomcatServer server =
        TomcatServer.start(
            with,
            (request, response) -> {
              runs.incrementAndGet();
              service.serve(request, response);
            },
            before);
    charges = server.charges();
    stop = server::close;
  }

  @AfterEach
  void close() {
    stop.run();
    rules.close();
  }

  private HttpResponse<String> post(String query, String type, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(charges + query))
            .header("Idempotency-Key", "1")
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString(UTF_8));
  }

  /** Returns the first response, after it was seen that the second is the same. */
  private HttpResponse<String> post() throws Exception {
    HttpResponse<String> first = post("", "text/plain", "7 €");
    HttpResponse<String> second = post("", "text/plain", "7 €");
    assertThat(second.statusCode()).isEqualTo(first.statusCode());
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.headers().allValues("Content-Type"))
        .isEqualTo(first.headers().allValues("Content-Type"));
    assertThat(second.headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(runs).hasValue(1);
    return first;
  }

  @Test
  void aWriterWritesInTheCharsetThatWasSet() throws Exception {
    serve(
        (request, response) -> {
          response.setContentType("text/plain; charset=UTF-8");
          response.getWriter().print("7 €");
          response.setCharacterEncoding("US-ASCII"); // too late
          assertThat(response.getContentType()).isEqualTo("text/plain; charset=UTF-8");
          assertThatIllegalStateException().isThrownBy(response::getOutputStream);
        });

    HttpResponse<String> response = post();

    assertThat(response.body()).isEqualTo("7 €");
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .isEqualToIgnoringCase("text/plain;charset=UTF-8");
  }

  @Test
  void aWriterWritesInTheCharsetThatAFilterInFrontHasSet() throws Exception {
    serve(
        (request, response) -> {
          response.setContentType("text/plain");
          assertThat(response.getCharacterEncoding()).isEqualToIgnoringCase("UTF-8");
          response.getWriter().print("7 €");
        },
        (request, response, chain) -> {
          response.setCharacterEncoding("UTF-8");
          chain.doFilter(request, response);
        });

    HttpResponse<String> response = post();

    assertThat(response.body()).isEqualTo("7 €");
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .isEqualToIgnoringCase("text/plain;charset=UTF-8");
  }

  @Test
  void aReaderReadsInTheCharsetOfTheRequest() throws Exception {
    serve(
        (request, response) -> {
          response.setCharacterEncoding("UTF-8");
          response.getWriter().print(request.getReader().readLine());
          assertThatIllegalStateException().isThrownBy(request::getInputStream);
        });

    assertThat(post("", "text/plain;charset=UTF-8", "7 €").body()).isEqualTo("7 €");
  }

  @Test
  void whatComesAfterACommitIsWithoutEffect() throws Exception {
    serve(
        (request, response) -> {
          response.setStatus(201);
          response.setHeader("X-Early", "1");
          response.getOutputStream().print("one");
          assertThat(response.isCommitted()).isFalse();
          response.flushBuffer();
          assertThat(response.isCommitted()).isTrue();
          response.setStatus(500);
          response.setHeader("X-Early", "2");
          response.addHeader("X-Late", "1");
          response.setContentType("text/html");
          response.addCookie(new Cookie("late", "1"));
          assertThatIllegalStateException().isThrownBy(response::reset);
          assertThatIllegalStateException().isThrownBy(response::resetBuffer);
          assertThatIllegalStateException().isThrownBy(() -> response.sendError(400));
          assertThatIllegalStateException().isThrownBy(() -> response.sendRedirect("/"));
          response.getOutputStream().print(" two");
        });

    HttpResponse<String> response = post();

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.body()).isEqualTo("one two");
    assertThat(response.headers().allValues("X-Early")).containsExactly("1");
    assertThat(response.headers().allValues("X-Late")).isEmpty();
    assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
  }

  @Test
  void resetForgetsEverything() throws Exception {
    serve(
        (request, response) -> {
          response.setStatus(400);
          response.setHeader("X-Old", "1");
          response.setContentType("text/html");
          response.getWriter().print("old");
          response.reset();
          response.getOutputStream().print("new");
        });

    HttpResponse<String> response = post();

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("new");
    assertThat(response.headers().allValues("X-Old")).isEmpty();
    assertThat(response.headers().allValues("Content-Type")).isEmpty();
  }

  @Test
  void afterAResetOfWhatAWriterHasWrittenAllCanBeSet() throws Exception {
    serve(
        (request, response) -> {
          response.getWriter().print("old");
          response.reset();
          assertThat(response.isCommitted()).isFalse();
          response.setStatus(422);
          response.setHeader("X-New", "1");
          response.setContentType("application/json");
          response.getWriter().print("{}");
        });

    HttpResponse<String> response = post();

    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.body()).isEqualTo("{}");
    assertThat(response.headers().allValues("X-New")).containsExactly("1");
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
  }

  @Test
  void afterAResetOfTheBufferThatAWriterHasWrittenToTheHeadCanBeSet() throws Exception {
    serve(
        (request, response) -> {
          response.getWriter().print("old");
          response.resetBuffer();
          response.setStatus(422);
          response.setHeader("X-New", "1");
          response.getWriter().print("new");
        });

    HttpResponse<String> response = post();

    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.body()).isEqualTo("new");
    assertThat(response.headers().allValues("X-New")).containsExactly("1");
  }

  @Test
  void resetBufferForgetsTheBodyAlone() throws Exception {
    serve(
        (request, response) -> {
          response.setStatus(202);
          response.setHeader("X-Kept", "1");
          response.getWriter().print("old");
          response.resetBuffer();
          response.getWriter().print("new");
        });

    HttpResponse<String> response = post();

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.body()).isEqualTo("new");
    assertThat(response.headers().allValues("X-Kept")).containsExactly("1");
  }

  @Test
  void anErrorIsAProblemAndEndsTheResponse() throws Exception {
    serve(
        (request, response) -> {
          response.getOutputStream().print("old");
          response.sendError(404, "No \"account\"\n");
          assertThat(response.isCommitted()).isTrue();
          response.getOutputStream().print("late");
        });

    HttpResponse<String> response = post();

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body())
        .isEqualTo(
            "{\"type\":\"about:blank\",\"status\":404,\"detail\":\"No \\\"account\\\"\\u000a\"}");
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @Test
  void anErrorOfTheServerFreesTheKey() throws Exception {
    serve(
        (request, response) -> {
          if (runs.get() == 1) {
            response.sendError(503);
          } else {
            response.getWriter().print("done");
          }
        });

    assertThat(post("", "text/plain", "").statusCode()).isEqualTo(503);
    assertThat(post("", "text/plain", "").body()).isEqualTo("done");
  }

  private static final class BusyException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** As frameworks do, which know servlets better than what these throw. */
  @Test
  void whatAServletExceptionWasThrownForIsWhatCounts() throws Exception {
    try (HttpIdempotency retrying =
        HttpIdempotency.builder(new InMemoryIdempotencyStore())
            .options(it -> it.retryOn(BusyException.class))
            .build()) {
      serve(
          retrying,
          (request, response) -> {
            if (runs.get() == 1) {
              throw new ServletException(new ServletException(new BusyException()));
            }
            response.getWriter().print("done");
          });

      HttpResponse<String> first = post("", "text/plain", "7 €");

      assertThat(first.statusCode()).isEqualTo(503);
      assertThat(first.body()).contains("urn:corral:idempotency:not-done");
      assertThat(post("", "text/plain", "7 €").body()).isEqualTo("done");
    }
  }

  @Test
  void aServletExceptionForAnErrorIsAFailureLikeAnyOther() throws Exception {
    serve(
        (request, response) -> {
          throw new ServletException("secret", new NoClassDefFoundError("secret"));
        });

    assertThat(post().statusCode()).isEqualTo(500);
  }

  @Test
  void aRedirectionIsReplayed() throws Exception {
    serve((request, response) -> response.sendRedirect("/charges/17"));

    HttpResponse<String> response = post();

    assertThat(response.statusCode()).isEqualTo(302);
    assertThat(response.headers().allValues("Location")).containsExactly("/charges/17");
  }

  @Test
  void headersAreAskedForAndSetInEachWay() throws Exception {
    serve(
        (request, response) -> {
          response.addIntHeader("X-Int", 1);
          response.addIntHeader("x-int", 2);
          response.setDateHeader("Last-Modified", 0);
          response.setLocale(Locale.GERMANY);
          response.setHeader("Content-Length", "5000");
          response.setContentLength(5000);
          response.setHeader("content-type", "application/json");
          response.setHeader("X-Gone", "1");
          response.setHeader("X-Gone", null);
          assertThat(response.getHeader("X-INT")).isEqualTo("1");
          assertThat(response.getHeaders("X-Int")).containsExactly("1", "2");
          assertThat(response.containsHeader("Content-Type")).isTrue();
          assertThat(response.containsHeader("X-Gone")).isFalse();
          assertThat(response.getHeaderNames()).contains("X-Int", "Last-Modified");
          response.getOutputStream().print("{}");
        });

    HttpResponse<String> response = post();

    assertThat(response.headers().allValues("X-Int")).containsExactly("1", "2");
    assertThat(response.headers().allValues("Last-Modified"))
        .containsExactly("Thu, 01 Jan 1970 00:00:00 GMT");
    assertThat(response.headers().allValues("Content-Language")).containsExactly("de-DE");
    assertThat(response.headers().allValues("Content-Type")).containsExactly("application/json");
    assertThat(response.headers().allValues("Content-Length")).containsExactly("2");
    assertThat(response.headers().allValues("X-Gone")).isEmpty();
  }

  @Test
  void cookiesAreForTheFirstCallerAlone() throws Exception {
    serve(
        (request, response) -> {
          Cookie cookie = new Cookie("session", "secret");
          cookie.setHttpOnly(true);
          cookie.setMaxAge(60);
          cookie.setPath("/");
          response.addCookie(cookie);
        });

    HttpResponse<String> first = post("", "text/plain", "");
    HttpResponse<String> second = post("", "text/plain", "");

    assertThat(first.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("session=secret; ")
        .contains("; Max-Age=60")
        .contains("; Path=/")
        .contains("; HttpOnly");
    assertThat(second.headers().allValues("Set-Cookie")).isEmpty();
    assertThat(runs).hasValue(1);
  }

  @Test
  void parametersAreThoseOfTheQueryAndOfAForm() throws Exception {
    serve(
        (request, response) -> {
          response.setContentType("text/plain;charset=UTF-8");
          response
              .getWriter()
              .printf(
                  "%s %s %s %s",
                  String.join("+", request.getParameterValues("a")),
                  request.getParameter("b"),
                  request.getParameter("c"),
                  request.getParameter("none"));
        });

    assertThat(post("?a=1", "application/x-www-form-urlencoded", "a=2&b=%E2%82%AC+7&c").body())
        .isEqualTo("1+2 € 7  null");
  }

  @Test
  void aBodyThatWasReadBeforeIsNotTakenForAnEmptyOne() throws Exception {
    serve(
        (request, response) -> response.getWriter().print("done"),
        (request, response, chain) -> {
          request.getParameter("a");
          chain.doFilter(request, response);
        });

    HttpResponse<String> response = post("", "application/x-www-form-urlencoded", "a=2");

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .doesNotStartWith("application/problem+json");
    assertThat(runs).hasValue(0);
  }

  @Test
  void asyncIsRefused() throws Exception {
    StringBuilder told = new StringBuilder();
    serve(
        (request, response) -> {
          assertThat(request.isAsyncSupported()).isFalse();
          try {
            request.startAsync();
          } catch (IllegalStateException e) {
            told.append(e.getMessage());
            throw e;
          }
        });

    assertThat(post().statusCode()).isEqualTo(500);
    assertThat(told).hasToString("startAsync is not supported behind ServletIdempotencyFilter");
  }

  @Test
  void asyncIsNoMatterWhereNoKeyIsNeeded() throws Exception {
    serve(
        (request, response) -> {
          var async = request.startAsync();
          ((HttpServletResponse) async.getResponse()).getWriter().print("async");
          async.complete();
        });

    HttpRequest get = HttpRequest.newBuilder(charges).GET().build();

    assertThat(client.send(get, HttpResponse.BodyHandlers.ofString()).body()).isEqualTo("async");
  }

  @Test
  void aDispatchWithinTheRunIsPartOfIt() throws Exception {
    serve(
        (request, response) -> {
          if (request.getAttribute("forwarded") == null) {
            request.setAttribute("forwarded", true);
            request.getRequestDispatcher("/charges/other").forward(request, response);
          } else {
            response.getOutputStream().print("forwarded");
          }
        });

    assertThat(post("", "text/plain", "").body()).isEqualTo("forwarded");
    assertThat(post("", "text/plain", "").body()).isEqualTo("forwarded");
    assertThat(runs).hasValue(2);
  }
}
