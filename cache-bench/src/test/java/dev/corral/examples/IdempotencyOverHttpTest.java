package dev.corral.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.corral.idempotency.Attempt;
import dev.corral.idempotency.Idempotency;
import dev.corral.idempotency.IdempotencyStore;
import dev.corral.idempotency.InMemoryIdempotencyStore;
import dev.corral.idempotency.http.HttpIdempotency;
import dev.corral.idempotency.http.KeyScope;
import dev.corral.idempotency.http.RecordedResponse;
import dev.corral.idempotency.httpserver.HttpServerIdempotency;
import dev.corral.idempotency.jdbc.DriverDataSource;
import dev.corral.idempotency.jdbc.JdbcIdempotencyStore;
import dev.corral.idempotency.jdbc.SqlDialect;
import dev.corral.idempotency.servlet.ServletIdempotencyFilter;
import dev.corral.micrometer.IdempotencyMeters;
import dev.corral.redis.RedisIdempotencyStore;
import dev.corral.servers.PostgresServer;
import dev.corral.servers.RedisServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.RedisClient;

/** What docs/idempotency.md says of HTTP, with a real Redis and a real PostgreSQL. */
@Timeout(120)
class IdempotencyOverHttpTest {

  private static final int AT_ONCE = 100;

  private final AtomicInteger runs = new AtomicInteger();

  private static String accountOf(HttpExchange exchange) {
    return exchange.getRequestHeaders().getFirst("X-Account");
  }

  private void charge(HttpExchange exchange) throws IOException {
    byte[] body = ("charge " + runs.incrementAndGet()).getBytes(UTF_8);
    exchange.sendResponseHeaders(201, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void ofAHundredRequestsAtOnceOneIsRunWithRedis() throws Exception {
    try (RedisClient jedis = RedisClient.create(RedisServer.shared().uri());
        IdempotencyStore store =
            RedisIdempotencyStore.builder(jedis).namespace("over-http").build()) {
      HttpServer http = server();
      try (HttpIdempotency once =
          HttpIdempotency.builder(store)
              .options(it -> it.retention(Duration.ofDays(2)).waitLimit(Duration.ofMinutes(1)))
              .build()) {
        HttpContext context = http.createContext("/charges", this::charge);
        context
            .getFilters()
            .add(
                new HttpServerIdempotency(
                    once, exchange -> new KeyScope(accountOf(exchange), "charge")));

        assertAllGetTheSame(http, "charge 1");
        assertThat(runs).hasValue(1);
      }
    }
  }

  @Test
  void ofAHundredRequestsAtOnceOneIsRunWithPostgres() throws Exception {
    try (PostgresServer server = PostgresServer.start()) {
      DataSource dataSource = new DriverDataSource(server.jdbcUrl(), server.user(), "");
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(JdbcIdempotencyStore.schema(SqlDialect.POSTGRESQL));
        statement.execute("CREATE TABLE charged (amount INTEGER)");
      }
      HttpServer http = server();
      try (JdbcIdempotencyStore table = JdbcIdempotencyStore.builder(dataSource).build();
          HttpIdempotency once =
              HttpIdempotency.builder(table)
                  .options(it -> it.waitLimit(Duration.ofMinutes(1)))
                  .build()) {
        HttpServerIdempotency filter =
            new HttpServerIdempotency(
                once, exchange -> new KeyScope(accountOf(exchange), "charge"));
        http.createContext(
            "/charges",
            filter.around(exchange -> chargeInOneTransaction(exchange, dataSource, table)));

        assertAllGetTheSame(http, "1 charged");
        try (Connection connection = dataSource.getConnection();
            Statement statement = connection.createStatement()) {
          assertThat(count(statement)).isEqualTo(1);
        }
      }
    }
  }

  private static void chargeInOneTransaction(
      HttpExchange exchange, DataSource dataSource, JdbcIdempotencyStore table) throws IOException {
    Attempt<RecordedResponse> attempt = HttpServerIdempotency.attempt(exchange);
    RecordedResponse response;
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      response = insert(connection);
      table.complete(connection, attempt.outcome(response)); // last, as it locks the record
      connection.commit();
    } catch (SQLException e) {
      throw new IOException(e);
    }
    HttpServerIdempotency.send(
        exchange, response); // the same, or else the one that was written is sent
  }

  private static RecordedResponse insert(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO charged VALUES (7)");
      return RecordedResponse.of(
          201,
          List.of(new RecordedResponse.Header("Content-Type", "text/plain")),
          (count(statement) + " charged").getBytes(UTF_8));
    }
  }

  private static int count(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM charged")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  @Test
  void aFilterForServletsIsMadeAlike() {
    HttpIdempotency once = HttpIdempotency.builder(new InMemoryIdempotencyStore()).build();
    try (once) {
      Filter filter =
          new ServletIdempotencyFilter(
              once, request -> new KeyScope(request.getRemoteUser(), "charge"));

      assertThat(filter).isNotNull();
    }
  }

  @Test
  void metersTellHowCallsWereAnswered() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    try (HttpIdempotency once = HttpIdempotency.builder(new InMemoryIdempotencyStore()).build()) {
      Idempotency<RecordedResponse> charges = once.idempotency();

      new IdempotencyMeters(charges, "charges", List.of()).bindTo(registry);

      assertThat(registry.get("corral.idempotency.calls").functionCounters()).hasSize(5);
    }
  }

  private static HttpServer server() throws IOException {
    return HttpServer.create(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2 * AT_ONCE);
  }

  private static void assertAllGetTheSame(HttpServer http, String expected) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    http.setExecutor(threads);
    http.start();
    try {
      HttpClient client = HttpClient.newHttpClient();
      URI uri = URI.create("http://localhost:%d/charges".formatted(http.getAddress().getPort()));
      HttpRequest request =
          HttpRequest.newBuilder(uri)
              .header("Idempotency-Key", "\"8e03978e-40d5-43e8-bc93-6894a57f9324\"")
              .header("X-Account", "acme")
              .POST(HttpRequest.BodyPublishers.ofString("{\"amount\": 7}"))
              .build();
      List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        all.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
      }
      Set<String> bodies = new TreeSet<>();
      int replayed = 0;
      for (CompletableFuture<HttpResponse<String>> each : all) {
        HttpResponse<String> response = each.get();
        bodies.add(response.statusCode() + " " + response.body());
        replayed += response.headers().firstValue("Idempotency-Replayed").isPresent() ? 1 : 0;
      }
      assertThat(bodies).containsExactly("201 " + expected);
      assertThat(replayed).isEqualTo(AT_ONCE - 1);
    } finally {
      http.stop(0);
      threads.shutdownNow();
    }
  }
}
