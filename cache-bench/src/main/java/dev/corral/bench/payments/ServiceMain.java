package dev.corral.bench.payments;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.corral.bench.node.NodeConfig.Database;
import dev.corral.idempotency.LayeredIdempotencyStore;
import dev.corral.idempotency.http.HttpIdempotency;
import dev.corral.idempotency.http.KeyScope;
import dev.corral.idempotency.http.RecordedResponse;
import dev.corral.idempotency.httpserver.HttpServerIdempotency;
import dev.corral.idempotency.jdbc.JdbcIdempotencyStore;
import dev.corral.redis.RedisIdempotencyStore;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.RedisClient;

/**
 * The process that charges. In the mode of Corral the charge and the response are committed
 * together, and a Redis in front of that table answers what is asked again.
 */
final class ServiceMain {
  static final String PATH = "/charges";
  static final Duration RESERVATION = Duration.ofSeconds(2);

  private static final Duration WAIT = Duration.ofMillis(300);
  private static final int CONNECTIONS = 40;
  private static final KeyScope SCOPE = new KeyScope("shop", "charge");

  private final DataSource database;
  private final @Nullable JdbcIdempotencyStore table;

  private ServiceMain(DataSource database, @Nullable JdbcIdempotencyStore table) {
    this.database = database;
    this.table = table;
  }

  public static void main(String[] args) throws IOException {
    var loop = new ServerLoop();
    ServerConfig config = loop.config();
    DataSource database = pool(config.database());
    HttpServer server = ServerLoop.listen(config.port());
    if (config.mode() == Mode.CORRAL) {
      JdbcIdempotencyStore table = JdbcIdempotencyStore.builder(database).build();
      HttpContext context = server.createContext(PATH, new ServiceMain(database, table)::handle);
      context.getFilters().add(new HttpServerIdempotency(once(table, config), to -> SCOPE));
    } else {
      server.createContext(PATH, new ServiceMain(database, null)::handle);
    }
    // What it counts dies with it; the hop before it counts what it answers.
    loop.serve(server, List::of);
  }

  private static DataSource pool(Database database) {
    var options = new HikariConfig();
    options.setJdbcUrl(database.url());
    if (!database.user().isEmpty()) {
      options.setUsername(database.user());
      options.setPassword(database.password());
    }
    options.setMaximumPoolSize(CONNECTIONS);
    options.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
    return new HikariDataSource(options);
  }

  private static HttpIdempotency once(JdbcIdempotencyStore table, ServerConfig config) {
    URI redis = config.redis();
    RedisClient jedis = RedisClient.builder().hostAndPort(redis.getHost(), redis.getPort()).build();
    var store =
        new LayeredIdempotencyStore(
            table, RedisIdempotencyStore.builder(jedis).namespace(config.namespace()).build());
    return HttpIdempotency.builder(store)
        .retryAfter(Duration.ofSeconds(1))
        .options(options -> options.reservationTime(RESERVATION).waitLimit(WAIT))
        .build();
  }

  private void handle(HttpExchange exchange) throws IOException {
    JsonNode request = ServerLoop.JSON.readTree(exchange.getRequestBody().readAllBytes());
    RecordedResponse response;
    try {
      response = charge(request.get("payment").asInt(), request.get("amount").asInt(), exchange);
    } catch (SQLException e) {
      // Rolled back; or the commit is in doubt, and then the table settles it.
      response = RecordedResponse.of(503, List.of(), new byte[0]);
    }
    HttpServerIdempotency.send(exchange, response);
    exchange.close();
  }

  private RecordedResponse charge(int payment, int amount, HttpExchange exchange)
      throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        long charge = Ledger.charge(connection, payment, amount);
        RecordedResponse response = response(charge);
        if (table != null) {
          var outcome = HttpServerIdempotency.attempt(exchange).outcome(response);
          table.complete(connection, outcome);
        }
        connection.commit();
        return response;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  private static RecordedResponse response(long charge) {
    return RecordedResponse.of(
        201,
        List.of(new RecordedResponse.Header("Content-Type", "application/json")),
        "{\"charge\":%d}".formatted(charge).getBytes(StandardCharsets.UTF_8));
  }
}
