package dev.corral.servers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A PING over a plain socket, which needs no client library. */
final class RedisPing {
  private static final int TIMEOUT_MILLIS = 500;
  private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

  private RedisPing() {}

  /** Whether a server that takes commands answers, be it to ask for a password. */
  static boolean answers(String host, int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
      String reply =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
      return reply != null && (reply.equals("+PONG") || reply.startsWith("-NOAUTH"));
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether a server answers within the limit, asked again until it does or is not alive. */
  static boolean answersWithin(Duration limit, String host, int port, BooleanSupplier alive) {
    long start = System.nanoTime();
    while (!answers(host, port)) {
      if (!alive.getAsBoolean() || System.nanoTime() - start > limit.toNanos()) {
        return false;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return alive.getAsBoolean();
  }
}
