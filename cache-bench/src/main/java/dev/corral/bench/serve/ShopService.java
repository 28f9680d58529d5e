package dev.corral.bench.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.corral.bench.node.NodeConfig.Database;
import dev.corral.bench.serve.ItemPages.Answer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import redis.clients.jedis.RedisClient;

/** One process of the service, on a port of this machine that no other machine reaches. */
public final class ShopService implements AutoCloseable {
  private static final int THREADS = 32;
  private static final int CONNECTIONS = 10;
  private static final long CONNECT_MILLIS = 1000;

  private final HikariDataSource database;
  private final RedisClient redis;
  private final ItemCache cache;
  private final ItemPages pages;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final HttpServer http;

  private ShopService(Database where, URI redisUri, int port) throws IOException, SQLException {
    database = connect(where);
    var items = new Items(database);
    items.create();
    redis = ShopRedis.connect(redisUri, THREADS);
    var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    cache = new ItemCache(redis, meters);
    pages = new ItemPages(items, cache.items(), meters);
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    http.setExecutor(threads);
    http.createContext("/", this::handle);
  }

  /**
   * Starts to serve.
   *
   * @param port 0 for any that is free
   * @throws IOException if the port is taken
   */
  public static ShopService start(Database where, URI redis, int port)
      throws IOException, SQLException {
    var service = new ShopService(where, redis, port);
    service.http.start();
    return service;
  }

  private static HikariDataSource connect(Database where) {
    var pool = new HikariConfig();
    pool.setJdbcUrl(where.url());
    if (!where.user().isEmpty()) {
      pool.setUsername(where.user());
      pool.setPassword(where.password());
    }
    pool.setMaximumPoolSize(CONNECTIONS);
    pool.setConnectionTimeout(CONNECT_MILLIS);
    return new HikariDataSource(pool);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readNBytes(1000), UTF_8);
      Answer answer =
          pages.answer(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), body);
      byte[] bytes = answer.body().getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      exchange.sendResponseHeaders(answer.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  /** Where it answers. */
  public URI uri() {
    return URI.create("http://localhost:" + http.getAddress().getPort());
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdown();
    cache.close();
    redis.close();
    database.close();
  }
}
