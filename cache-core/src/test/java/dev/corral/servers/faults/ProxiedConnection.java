package dev.corral.servers.faults;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client's connection and the one to Redis that belongs to it. */
final class ProxiedConnection {

  private static final Logger log = LoggerFactory.getLogger(ProxiedConnection.class);

  private static final int CONNECT_MILLIS = 5_000;
  private static final int CHUNK = 64 * 1024;
  private static final Set<String> SUBSCRIBING = Set.of("SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE");
  // After these comes a replication stream, which is no RESP.
  private static final Set<String> REPLICATING = Set.of("PSYNC", "SYNC");

  private final Socket client;
  private final Socket server = new Socket();
  private final InetSocketAddress address;
  private final MessageFaults messageFaults;
  private final Consumer<String> countCommand;
  private final Consumer<ProxiedConnection> gone;
  private final Lane toServer;
  private final Lane toClient;
  private final AtomicLong commands = new AtomicLong();
  private final SubscribedState subscribed = new SubscribedState();

  private volatile boolean subscriber;
  private volatile boolean opaque;

  ProxiedConnection(
      Socket client,
      InetSocketAddress address,
      LinkFaults linkFaults,
      MessageFaults messageFaults,
      Consumer<String> countCommand,
      Consumer<ProxiedConnection> gone) {
    this.client = client;
    this.address = address;
    this.messageFaults = messageFaults;
    this.countCommand = countCommand;
    this.gone = gone;
    toClient =
        new Lane(
            linkFaults, Direction.TO_CLIENT, this::isSubscriber, () -> client.getOutputStream());
    toServer =
        new Lane(
            linkFaults, Direction.TO_SERVER, this::isSubscriber, () -> server.getOutputStream());
  }

  /** Connects to Redis and begins to pass bytes on. Returns at once. */
  void start() {
    FaultProxy.thread("connect", this::connect).start();
  }

  boolean isSubscriber() {
    return subscriber;
  }

  /** How many commands the client has sent, whether or not they were passed on. */
  long commands() {
    return commands.get();
  }

  /** Ends both connections; what is on its way is lost. */
  void cut() {
    toServer.close();
    toClient.close();
    close(client);
    close(server);
    gone.accept(this);
  }

  /** Looks at the faults again. */
  void wake() {
    toServer.wake();
    toClient.wake();
  }

  private void connect() {
    try {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      server.connect(address, CONNECT_MILLIS);
    } catch (IOException e) {
      cut();
      return;
    }
    FaultProxy.thread("to-server", () -> write(toServer)).start();
    FaultProxy.thread("to-client", () -> write(toClient)).start();
    FaultProxy.thread("from-server", () -> read(server, toClient, this::answered)).start();
    read(client, toServer, this::asked);
  }

  private void asked(RespFrame command) {
    String name = command.commandName();
    // Before the command goes on, so that its reply finds this known.
    subscriber |= SUBSCRIBING.contains(name);
    opaque |= REPLICATING.contains(name);
    commands.incrementAndGet();
    countCommand.accept(name);
    toServer.offer(command.bytes);
  }

  private void answered(RespFrame frame) {
    if (frame.isPush() || (subscriber && frame.isArray())) {
      subscribed.note(frame);
      PushedMessage message =
          frame.isPush() || subscribed.isSubscribed() ? PushedMessage.read(frame) : null;
      if (message != null) {
        messageFaults.befall(message, toClient);
        return;
      }
    }
    toClient.offer(frame.bytes);
  }

  private void read(Socket from, Lane lane, Consumer<RespFrame> each) {
    var splitter = new RespSplitter();
    byte[] chunk = new byte[CHUNK];
    try {
      InputStream in = from.getInputStream();
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        split(splitter, chunk, n, lane, each);
        lane.awaitRoom();
      }
    } catch (IOException e) {
      // The connection broke, or was cut here: in both cases it has ended.
      log.trace("No more to read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lane.end();
    }
  }

  private void split(
      RespSplitter splitter, byte[] chunk, int length, Lane lane, Consumer<RespFrame> each) {
    if (!opaque) {
      try {
        splitter.feed(chunk, length, each);
        return;
      } catch (IllegalArgumentException e) {
        log.warn("Passing on what is no RESP, without a look at it: {}", e.toString());
        opaque = true;
        lane.offer(splitter.rest());
        return;
      }
    }
    byte[] rest = splitter.rest();
    if (rest.length > 0) {
      lane.offer(rest);
    }
    lane.offer(Arrays.copyOf(chunk, length));
  }

  private void write(Lane lane) {
    boolean tell = true;
    try {
      tell = lane.run();
    } catch (IOException e) {
      log.trace("Nobody to write to", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (tell) {
      cut();
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      log.trace("Cannot close {}", socket, e);
    }
  }
}
