package dev.corral.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** A real server that answers as it is told, one request after the other, and then with 200. */
final class FaultyServer implements AutoCloseable {

  /** What it does to one request. */
  interface Act {
    void on(HttpExchange exchange) throws IOException, InterruptedException;
  }

  /** What has arrived. */
  record Seen(String method, List<String> keys, String body) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BlockingQueue<Act> acts = new LinkedBlockingQueue<>();
  private final List<Seen> seen = new ArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  FaultyServer(Act... script) throws IOException {
    acts.addAll(List.of(script));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    List<String> keys = exchange.getRequestHeaders().get(KeyHeader.NAME);
    synchronized (seen) {
      seen.add(new Seen(exchange.getRequestMethod(), keys == null ? List.of() : keys, body));
    }
    Act act = acts.poll();
    try (exchange) {
      (act == null ? status(200) : act).on(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server was closed meanwhile
    }
  }

  /** Answers with a status, headers as names and values, and the status as its body. */
  static Act status(int status, String... headers) {
    return exchange -> {
      addHeaders(exchange, headers);
      byte[] body = String.valueOf(status).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    };
  }

  private static void addHeaders(HttpExchange exchange, String... headers) {
    for (int i = 0; i < headers.length; i += 2) {
      exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
    }
  }

  /** Ends the connection instead of answering. */
  static Act cut() {
    return HttpExchange::close;
  }

  /** Begins an answer, and ends the connection within its body. */
  static Act cutInBody(int status) {
    return exchange -> {
      exchange.sendResponseHeaders(status, 100);
      exchange.getResponseBody().write('x');
      exchange.getResponseBody().flush();
    };
  }

  /** Says that it was reached, and does not answer before the server is closed. */
  Act hang(CountDownLatch reached) {
    return exchange -> {
      reached.countDown();
      closing.await();
    };
  }

  /** Does not go on after the headers and one byte of the body. */
  Act hangInBody() {
    return hangInBody(200);
  }

  /** Does the same with a status, and headers as names and values. */
  Act hangInBody(int status, String... headers) {
    return exchange -> {
      addHeaders(exchange, headers);
      exchange.sendResponseHeaders(status, 100);
      exchange.getResponseBody().write('x');
      exchange.getResponseBody().flush();
      closing.await();
    };
  }

  /** Adds to what it does. */
  void then(Act act) {
    acts.add(act);
  }

  /** Returns what has arrived so far. */
  List<Seen> seen() {
    synchronized (seen) {
      return List.copyOf(seen);
    }
  }

  URI uri() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/charges?card=4711");
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
