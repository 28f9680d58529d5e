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
      throws IOException, ServletException {
    HeldResponse held = new HeldResponse(response, responseBody);
    chain.doFilter(new HeldRequest(request, attempt, requestBody), held);
    return held.response();
  }
}
