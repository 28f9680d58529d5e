package dev.corral.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A port of the loopback address on which nobody listens. */
public final class FreePort {
  // Below the ports that the kernel gives to outgoing connections, so that none of those can
  // take the port of a server that is down for a moment; and so far below that this also holds for
  // the port of a cluster's bus, which is 10,000 above.
  private static final int FIRST = 12_000;
  private static final int END = 22_000;
  private static final int TRIES = 100;

  private FreePort() {}

  /**
   * Finds one that no outgoing connection will take either, since it is not among those that the
   * kernel gives to them.
   *
   * @throws IllegalStateException if none is found
   */
  public static int find() {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // In use: take another.
      }
    }
    throw new IllegalStateException("No free port in " + TRIES + " tries from " + FIRST);
  }
}
