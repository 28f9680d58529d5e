package dev.corral.idempotency.servlet;

import dev.corral.idempotency.Attempt;
import dev.corral.idempotency.http.BoundedBody;
import dev.corral.idempotency.http.HttpCall;
import dev.corral.idempotency.http.KeyScope;
import dev.corral.idempotency.http.RecordedResponse;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** A request of a servlet, and what is behind the filter. */
final class ServletCall implements HttpCall {

  /** Causes may go round in a circle. */
  private static final int MOST_CAUSES = 20;

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final Function<HttpServletRequest, KeyScope> scope;
  private final FilterChain chain;

  ServletCall(
      HttpServletRequest request,
      HttpServletResponse response,
      Function<HttpServletRequest, KeyScope> scope,
      FilterChain chain) {
    this.request = request;
    this.response = response;
    this.scope = scope;
    this.chain = chain;
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public String target() {
    String query = request.getQueryString();
    return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
  }

  @Override
  public List<String> header(String name) {
    return Collections.list(request.getHeaders(name));
  }

  @Override
  public KeyScope scope() {
    return scope.apply(request);
  }

  @Override
  public InputStream body() throws IOException {
    return new UnreadBody(request.getInputStream(), request.getContentLengthLong());
  }

  @Override
  public RecordedResponse run(
      Attempt<RecordedResponse> attempt, byte[] requestBody, BoundedBody responseBody)
      throws Exception {
    HeldResponse held = new HeldResponse(response, responseBody);
    try {
      chain.doFilter(new HeldRequest(request, attempt, requestBody), held);
    } catch (ServletException e) {
      throw reason(e);
    }
    return held.response();
  }

  /**
   * Returns what something was thrown for: frameworks wrap what handlers throw, and it is by its
   * own type that a failure is declared retryable, or known as a lost reservation.
   */
  private static Exception reason(ServletException thrown) {
    Exception reason = thrown;
    for (int depth = 0; depth < MOST_CAUSES && reason instanceof ServletException; depth++) {
      if (!(reason.getCause() instanceof Exception cause)) {
        break;
      }
      reason = cause;
    }
    return reason;
  }
}
