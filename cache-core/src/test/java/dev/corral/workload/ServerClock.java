package dev.corral.workload;

import dev.corral.history.Kind;
import dev.corral.history.NodeLog;
import dev.corral.remote.InMemoryRemoteServer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Moves a server's time along with the real one. If it could not do so for long, no more could
 * other threads: then the machine stood still for all nodes, which is recorded.
 */
final class ServerClock implements AutoCloseable {

  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long STANDSTILL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final InMemoryRemoteServer server;
  private final NodeLog everywhere;
  private final Thread thread = new Thread(this::run, "server-clock");
  private volatile boolean closed;

  private ServerClock(InMemoryRemoteServer server, NodeLog everywhere) {
    this.server = server;
    this.everywhere = everywhere;
  }

  static ServerClock start(InMemoryRemoteServer server, NodeLog everywhere) {
    ServerClock clock = new ServerClock(server, everywhere);
    clock.thread.setDaemon(true);
    clock.thread.start();
    return clock;
  }

  private void run() {
    long told = System.nanoTime();
    while (!closed) {
      LockSupport.parkNanos(TICK_NANOS);
      long passed = System.nanoTime() - told;
      if (passed > STANDSTILL_NANOS) {
        everywhere.happened(Kind.PAUSED, told);
      }
      if (passed >= TICK_NANOS) {
        long millis = TimeUnit.NANOSECONDS.toMillis(passed);
        server.advance(Duration.ofMillis(millis));
        told += TimeUnit.MILLISECONDS.toNanos(millis);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
