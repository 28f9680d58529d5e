package dev.corral.idempotency.servlet;

import dev.corral.idempotency.Attempt;
import dev.corral.idempotency.http.HttpIdempotency;
import dev.corral.idempotency.http.KeyScope;
import dev.corral.idempotency.http.RecordedResponse;
import dev.corral.idempotency.http.TestServer;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** A Tomcat with the filter in front of a servlet. */
final class TomcatServer implements TestServer {

  /** What a servlet does with requests of any method. */
  interface Service {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception;
  }

  private final Tomcat tomcat = new Tomcat();
  private final Context context;

  private TomcatServer(Service service) {
    tomcat.setBaseDir("target/tomcat");
    tomcat.setHostname("localhost");
    tomcat.setPort(0);
    tomcat.setSilent(true);
    context = tomcat.addContext("", null);
    HttpServlet servlet =
        new HttpServlet() {
          private static final long serialVersionUID = 1L;

          @Override
          protected void service(HttpServletRequest request, HttpServletResponse response)
              throws ServletException, IOException {
            try {
              service.serve(request, response);
            } catch (IOException | ServletException | RuntimeException e) {
              throw e;
            } catch (Exception e) {
              throw new ServletException(e);
            }
          }
        };
    Wrapper wrapper = Tomcat.addServlet(context, "charges", servlet);
    wrapper.setAsyncSupported(true);
    context.addServletMappingDecoded("/charges/*", "charges");
  }

  static TomcatServer start(HttpIdempotency rules, TestServer.Handler handler)
      throws LifecycleException {
    return start(
        rules,
        (request, response) -> handler.handle(exchange(request, response)),
        TomcatServer::inFront);
  }

  private static void inFront(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (((HttpServletRequest) request).getHeader("X-In-Front") != null) {
      IN_FRONT.forEach(((HttpServletResponse) response)::addHeader);
    }
    chain.doFilter(request, response);
  }

  static TomcatServer start(HttpIdempotency rules, Service service, Filter... before)
      throws LifecycleException {
    TomcatServer started = new TomcatServer(service);
    for (Filter each : before) {
      started.filter(each);
    }
    started.filter(filter(rules));
    started.tomcat.getConnector(); // makes it, so that it is started
    started.tomcat.start();
    return started;
  }

  private static ServletIdempotencyFilter filter(HttpIdempotency rules) {
    return new ServletIdempotencyFilter(
        rules,
        request -> {
          String tenant = request.getHeader("X-Tenant");
          return new KeyScope(tenant == null ? "nobody" : tenant, "charge");
        });
  }

  private void filter(Filter filter) {
    FilterDef definition = new FilterDef();
    definition.setFilterName(filter.getClass().getName() + System.identityHashCode(filter));
    definition.setFilter(filter);
    definition.setAsyncSupported("true");
    context.addFilterDef(definition);
    FilterMap mapping = new FilterMap();
    mapping.setFilterName(definition.getFilterName());
    mapping.addURLPattern("/*");
    mapping.setDispatcher("REQUEST");
    mapping.setDispatcher("FORWARD");
    context.addFilterMap(mapping);
  }

  private static TestServer.Exchange exchange(
      HttpServletRequest request, HttpServletResponse response) {
    return new TestServer.Exchange() {
      @Override
      public byte[] requestBody() throws IOException {
        return request.getInputStream().readAllBytes();
      }

      @Override
      public Attempt<RecordedResponse> attempt() {
        return ServletIdempotencyFilter.attempt(request);
      }

      @Override
      public void addHeader(String name, String value) {
        response.addHeader(name, value);
      }

      @Override
      public void answer(RecordedResponse answer) throws IOException {
        ServletIdempotencyFilter.send(response, answer);
      }
    };
  }

  @Override
  public URI charges() {
    return URI.create(
        "http://localhost:%d/charges".formatted(tomcat.getConnector().getLocalPort()));
  }

  @Override
  public void close() {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    }
  }
}
