package dev.corral.servers.faults;

import dev.corral.servers.FreePort;
import dev.corral.servers.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between clients and a Redis server, and makes the connections between them fail in the
 * ways that a test asks for, while it runs.
 *
 * <p>A fault is in force when the method that asks for it returns: whatever either side sends
 * afterwards meets it. Faults add up until {@link #heal}. But for the cuts, none breaks a frame of
 * RESP: what is lost, doubled or moved is whole replies, commands or published messages. Replicas
 * may connect through the proxy too; what they are sent is not looked at.
 *
 * <p>Thread-safe. A connection has four threads, and keeps a value until the whole of it is here.
 * Everything ends with {@link #close}.
 */
public final class FaultProxy implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(FaultProxy.class);

  private static final int BACKLOG = 512;

  private final InetSocketAddress server;
  private final InetSocketAddress own;
  private final LinkFaults linkFaults = new LinkFaults();
  private final MessageFaults messageFaults = new MessageFaults();
  private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
  private final ConcurrentMap<String, LongAdder> commands = new ConcurrentHashMap<>();

  // guarded by this
  private @Nullable ServerSocket listening;
  private @Nullable Thread accepting;
  private boolean closed;

  private FaultProxy(String host, int port) {
    server = new InetSocketAddress(host, port);
    own = new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.find());
    acceptConnections();
  }

  /** Starts a proxy on a free port of the loopback address. */
  public static FaultProxy before(String host, int port) {
    return new FaultProxy(host, port);
  }

  /** Starts a proxy on a free port of the loopback address. */
  public static FaultProxy before(RedisServer server) {
    return before(server.host(), server.port());
  }

  /** The host to connect to in place of the server's. */
  public String host() {
    return own.getAddress().getHostAddress();
  }

  /** The port to connect to in place of the server's. */
  public int port() {
    return own.getPort();
  }

  /** The address as {@code redis://host:port}. */
  public URI uri() {
    return URI.create("redis://" + host() + ":" + port());
  }

  /**
   * Refuses new connections, as a host does on which no server runs; those that exist go on. While
   * not refused, a connection is accepted even if the server is away, and ends at once.
   */
  public void refuseConnections() {
    Thread stopping;
    synchronized (this) {
      if (listening == null) {
        return;
      }
      close(listening);
      stopping = accepting;
      listening = null;
      accepting = null;
    }
    // The kernel listens until nobody waits in accept any more.
    if (stopping != null) {
      join(stopping);
    }
  }

  /** Accepts new connections again, on the same port. */
  public synchronized void acceptConnections() {
    if (listening != null || closed) {
      return;
    }
    try {
      var socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(own, BACKLOG);
      listening = socket;
      accepting = thread("accept", () -> accept(socket));
      accepting.start();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen on " + own, e);
    }
  }

  /**
   * Ends connections, those of now but not later ones. One on which nothing was answered yet may
   * survive.
   */
  public void cut(Connections which) {
    connections.stream()
        .filter(connection -> which.include(connection.isSubscriber()))
        .forEach(ProxiedConnection::cut);
  }

  /**
   * Ends one connection in the middle of a reply or message: the first of these that Redis sends
   * more than so many bytes from now on. The client gets exactly that many.
   */
  public void cutAfter(Connections which, long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("bytes must not be negative: " + bytes);
    }
    linkFaults.cutAfter(which, bytes);
  }

  /** Whether what {@link #cutAfter} asked for last has not happened yet. */
  public boolean isCutPending() {
    return linkFaults.isCutPending();
  }

  /**
   * Loses all that is sent in these directions, the end of a connection included: a half-open
   * connection. One on which something was lost stays silent for ever, healed or not, since the
   * bytes that follow would be garbage; it ends when it is cut or the other direction fails.
   */
  public void swallow(Connections which, Direction... directions) {
    for (Direction direction : directions) {
      linkFaults.swallow(which, direction);
    }
  }

  /** Keeps back all that is sent in these directions until the proxy is healed. */
  public void stall(Connections which, Direction... directions) {
    for (Direction direction : directions) {
      linkFaults.stall(which, direction);
    }
  }

  /** Lets everything take so much longer, in each of both directions; zero ends that. */
  public void delay(Duration each) {
    if (each.isNegative()) {
      throw new IllegalArgumentException("delay must not be negative: " + each);
    }
    linkFaults.delay(each);
  }

  /** Loses the messages that are selected. */
  public void dropMessages(MessageFilter filter) {
    messageFaults.drop(filter);
  }

  /** Passes on twice the messages that are selected. */
  public void duplicateMessages(MessageFilter filter) {
    messageFaults.duplicate(filter);
  }

  /** Passes on so much later the messages that are selected; others overtake them. */
  public void delayMessages(MessageFilter filter, Duration delay) {
    messageFaults.delay(filter, delay);
  }

  /** Keeps back the messages that are selected until they are released; others overtake them. */
  public void holdMessages(MessageFilter filter) {
    messageFaults.hold(filter);
  }

  /** Passes on what {@link #holdMessages} keeps back, in the order in which it came. */
  public void releaseMessages() {
    messageFaults.release(false);
  }

  /** Passes on what {@link #holdMessages} keeps back, the last one first. */
  public void releaseMessagesReversed() {
    messageFaults.release(true);
  }

  /**
   * Collects the messages that are selected, and passes on each {@code group} of them on a
   * connection in reverse order.
   */
  public void reverseMessages(MessageFilter filter, int group) {
    if (group < 2) {
      throw new IllegalArgumentException("group must be at least 2: " + group);
    }
    messageFaults.reverse(filter, group);
  }

  /**
   * Ends all faults of messages. Those that were kept back are passed on now; those that are
   * delayed come when their time is up. A message that the server sent before may only be read, and
   * passed on, after this: to be sure that it is lost, wait for its {@linkplain #messages count}.
   */
  public void passMessages() {
    messageFaults.end();
  }

  /** Ends all faults; connections that have lost bytes stay silent. */
  public void heal() {
    messageFaults.end();
    linkFaults.heal();
    connections.forEach(ProxiedConnection::wake);
    acceptConnections();
  }

  /** What became of the published messages. */
  public MessageCounts messages() {
    return messageFaults.counts();
  }

  /** How many commands of this name were sent by clients, whether or not they were passed on. */
  public long commands(String name) {
    LongAdder count = commands.get(name);
    return count == null ? 0 : count.sum();
  }

  /** How many commands were sent by clients, whether or not they were passed on. */
  public long commands() {
    return commands.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** How many commands were sent on each of these connections that are open now. */
  public List<Long> commandsOnEach(Connections which) {
    return open(which).stream().map(ProxiedConnection::commands).toList();
  }

  /** How many of these connections are open now. */
  public int openConnections(Connections which) {
    return open(which).size();
  }

  /** Ends all connections and refuses new ones. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    refuseConnections();
    cut(Connections.ALL);
    messageFaults.close();
  }

  static Thread thread(String role, Runnable task) {
    var thread = new Thread(task, "fault-proxy-" + role);
    thread.setDaemon(true);
    return thread;
  }

  private List<ProxiedConnection> open(Connections which) {
    return connections.stream()
        .filter(connection -> which.include(connection.isSubscriber()))
        .toList();
  }

  private void accept(ServerSocket socket) {
    try {
      while (true) {
        Socket client = socket.accept();
        var connection =
            new ProxiedConnection(
                client, server, linkFaults, messageFaults, this::count, connections::remove);
        connections.add(connection);
        connection.start();
      }
    } catch (IOException e) {
      log.trace("Refusing connections", e);
    }
  }

  private void count(String command) {
    commands.computeIfAbsent(command, any -> new LongAdder()).increment();
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
