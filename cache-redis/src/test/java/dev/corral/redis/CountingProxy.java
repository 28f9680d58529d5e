package dev.corral.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between client and server and counts round trips: how often the client of a connection
 * began to send after the server had answered. A pipeline is one, as long as it fits the buffers.
 */
final class CountingProxy implements AutoCloseable {

  private final ServerSocket listening;
  private final String host;
  private final int port;
  private final AtomicInteger roundTrips = new AtomicInteger();
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

  CountingProxy(String host, int port) throws IOException {
    this.host = host;
    this.port = port;
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  void reset() {
    roundTrips.set(0);
  }

  int roundTrips() {
    return roundTrips.get();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listening.accept();
      Socket server = new Socket(host, port);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      sockets.add(client);
      sockets.add(server);
      AtomicBoolean answered = new AtomicBoolean(true);
      start(
          () ->
              copy(
                  client.getInputStream(),
                  server.getOutputStream(),
                  () -> {
                    if (answered.compareAndSet(true, false)) {
                      roundTrips.incrementAndGet();
                    }
                  }));
      start(
          () -> copy(server.getInputStream(), client.getOutputStream(), () -> answered.set(true)));
    }
  }

  private static void copy(InputStream from, OutputStream to, Runnable beforeEach)
      throws IOException {
    byte[] buffer = new byte[1 << 20];
    for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
      beforeEach.run();
      to.write(buffer, 0, n);
      to.flush();
    }
    to.close();
  }

  private interface Copying {
    void run() throws IOException;
  }

  private static void start(Copying copying) {
    Thread thread =
        new Thread(
            () -> {
              try {
                copying.run();
              } catch (IOException e) {
                // A side has closed: so does the other.
              }
            },
            "counting-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listening.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
