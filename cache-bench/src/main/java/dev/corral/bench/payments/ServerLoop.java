package dev.corral.bench.payments;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * A server process as it sees itself: it is told what to be, says when it listens, tells its
 * numbers when it is asked, and ends when nobody is there to ask any more.
 */
final class ServerLoop {
  static final String READY = "ready ";
  static final String STATS = "stats";
  static final ObjectMapper JSON = new ObjectMapper();

  private static final int BACKLOG = 1024;

  private final BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, UTF_8));

  ServerConfig config() throws IOException {
    return JSON.readValue(orders.readLine(), ServerConfig.class);
  }

  static HttpServer listen(int port) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    HttpServer server = HttpServer.create(address, BACKLOG);
    server.setExecutor(Executors.newCachedThreadPool());
    return server;
  }

  void serve(HttpServer server, Supplier<?> stats) throws IOException {
    server.start();
    System.out.println(READY + server.getAddress().getPort());
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      if (order.equals(STATS)) {
        System.out.println(JSON.writeValueAsString(stats.get()));
      }
    }
    System.exit(0);
  }
}
