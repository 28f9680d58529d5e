package dev.corral.idempotency.servlet;

import dev.corral.idempotency.Attempt;
import dev.corral.idempotency.http.HttpIdempotency;
import dev.corral.idempotency.http.KeyScope;
import dev.corral.idempotency.http.RecordedResponse;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * Lets what is behind it run once per {@code Idempotency-Key}.
 *
 * <pre>{@code
 * HttpIdempotency once = HttpIdempotency.builder(store).build();
 * context.addFilter("once", new ServletIdempotencyFilter(once, request -> scopeOf(request)));
 * }</pre>
 *
 * <p>It belongs behind what authenticates, and before anything that reads the body or asks for
 * parameters. What is behind it gets a request whose body is in memory, and a response that is held
 * back until the chain has returned and the response is stored. The chain must have answered by
 * then: {@code startAsync} throws, and so do {@code getParts}, {@code upgrade} and trailers.
 * Thread-safe.
 */
public final class ServletIdempotencyFilter implements Filter {

  static final String ATTEMPT = "dev.corral.idempotency.attempt";

  private final HttpIdempotency rules;
  private final Function<HttpServletRequest, KeyScope> scope;

  /**
   * Creates a filter.
   *
   * @param scope says what a request's key belongs to; what it throws, the server gets, and nothing
   *     is run
   */
  public ServletIdempotencyFilter(
      HttpIdempotency rules, Function<HttpServletRequest, KeyScope> scope) {
    this.rules = Objects.requireNonNull(rules, "rules");
    this.scope = Objects.requireNonNull(scope, "scope");
  }

  /**
   * Answers the request.
   *
   * @throws IllegalStateException if the body was read before
   */
  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request instanceof HttpServletRequest in
        && response instanceof HttpServletResponse out
        && rules.appliesTo(in.getMethod())
        && in.getAttribute(ATTEMPT) == null) { // else it is a dispatch within a run
      send(out, rules.answer(new ServletCall(in, out, scope, chain)));
    } else {
      chain.doFilter(request, response);
    }
  }

  /**
   * Returns the run that a request is part of: what number it has, whether its reservation still
   * stands, and its outcome for a transaction of the handler's own.
   *
   * @throws IllegalStateException if the request is not one that this filter has passed on
   */
  public static Attempt<RecordedResponse> attempt(HttpServletRequest request) {
    if (request.getAttribute(ATTEMPT) instanceof Attempt<?> attempt) {
      @SuppressWarnings("unchecked") // only this package puts it there
      Attempt<RecordedResponse> ours = (Attempt<RecordedResponse>) attempt;
      return ours;
    }
    throw new IllegalStateException("The request did not come through ServletIdempotencyFilter");
  }

  /**
   * Sends a whole response: its headers are added to those that are there, in place of the same,
   * unless they {@linkplain RecordedResponse.Header#addsUp add up}.
   */
  public static void send(HttpServletResponse out, RecordedResponse response) throws IOException {
    out.setStatus(response.status());
    Set<String> seen = new HashSet<>();
    for (RecordedResponse.Header header : response.headers()) {
      if (!header.addsUp() && seen.add(header.name().toLowerCase(Locale.ROOT))) {
        out.setHeader(header.name(), header.value());
      } else {
        out.addHeader(header.name(), header.value());
      }
    }
    byte[] body = response.body();
    if (body.length > 0) {
      out.setContentLength(body.length);
      out.getOutputStream().write(body);
    }
    out.flushBuffer();
  }
}
