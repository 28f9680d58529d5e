package dev.corral.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.BinaryJedisPubSub;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One connection that listens to the node's own channel and to those of its regions, and is made
 * anew when it breaks. It has one thread, on which all listeners are called, one at a time.
 *
 * <p>The connection comes from the user's client and goes back to it, so it must not go back while
 * Redis still counts it as subscribed: the thread leaves Jedis' loop only when everything has been
 * unsubscribed or the connection is broken, nothing that a listener throws reaches it, and nothing
 * is sent once all is unsubscribed.
 *
 * <p>A connection can die without a word, and a subscriber sends nothing by which to find out. So
 * once a heartbeat the node's channel is subscribed anew, which Redis confirms. (Jedis' ping would
 * do as well, but with RESP3 its reply may come before it is expected.) What is silent for two
 * heartbeats is dropped.
 */
final class Subscription implements AutoCloseable {

  /** Listens to one channel. Returns quickly and does not block. */
  interface Listener {

    void received(byte[] message);

    /** The channel is being listened to from now on. */
    void subscribed();

    /** Messages may be lost from now on. */
    void unsubscribed();
  }

  private static final Logger log = LoggerFactory.getLogger(Subscription.class);

  private static final FullJitter PAUSES = new FullJitter(50, 2_000);
  private static final long CLOSE_MILLIS = 2_000;
  private static final int LONGEST_SILENCE = 2;

  private final Listening listening;
  private final byte[] nodeChannel;
  private final Consumer<byte[]> nodeListener;
  private final Runnable reached;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closing = lock.newCondition();

  // guarded by lock
  private final Map<String, Listener> listeners = new HashMap<>();
  private final Map<String, Integer> unconfirmed = new HashMap<>();
  private final Map<String, Listener> subscribed = new HashMap<>();
  private @Nullable Session session;
  private @Nullable Connection connection; // while the thread has one of its own
  private @Nullable Thread thread;
  private boolean closed;

  /**
   * Creates a subscription that does not listen yet.
   *
   * @param reached is run each time that Redis has answered to a new connection
   */
  Subscription(
      Listening listening, byte[] nodeChannel, Consumer<byte[]> nodeListener, Runnable reached) {
    this.listening = listening;
    this.nodeChannel = nodeChannel;
    this.nodeListener = nodeListener;
    this.reached = reached;
  }

  /** Begins to listen to a channel as soon as Redis can be reached. */
  void add(byte[] channel, Listener listener) {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("The store is closed");
      }
      listeners.put(name(channel), listener);
      if (session != null) {
        subscribe(session, channel);
      } else {
        startThread();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Begins to listen to the node's channel, if to nothing else. */
  void start() {
    lock.lock();
    try {
      if (!closed) {
        startThread();
      }
    } finally {
      lock.unlock();
    }
  }

  private void startThread() {
    if (thread == null) {
      thread = new Thread(this::run, "corral-subscription");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Stops listening to a channel, if it is this listener that does. */
  void remove(byte[] channel, Listener listener) {
    lock.lock();
    try {
      if (listeners.remove(name(channel), listener)) {
        subscribed.remove(name(channel));
        if (session != null && !closed) {
          send(session, s -> s.unsubscribe(channel));
        }
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    Thread running;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      closing.signalAll();
      running = thread;
      if (session != null) {
        send(session, Session::unsubscribe);
      } else if (running != null) {
        // It connects, or waits for a connection of the pool. Once a session has begun, an
        // interrupt would leave Jedis' loop with a connection that is still subscribed.
        running.interrupt();
        drop();
      }
    } finally {
      lock.unlock();
    }
    if (running != null && running != Thread.currentThread()) {
      join(running);
      if (running.isAlive()) {
        // Redis does not confirm that nothing is subscribed any more.
        dropLocked();
      }
    }
  }

  private void dropLocked() {
    lock.lock();
    try {
      drop();
    } finally {
      lock.unlock();
    }
  }

  /** Breaks the connection, if there is one: the thread that reads from it goes on. */
  private void drop() {
    if (connection == null) {
      return;
    }
    try {
      connection.forceDisconnect();
    } catch (IOException e) {
      log.debug("The connection is broken already", e);
    }
  }

  private static void join(Thread running) {
    try {
      running.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    int failures = 0;
    while (!isClosed()) {
      Session attempt = new Session();
      try {
        listen(attempt);
      } catch (Throwable e) {
        // Errors too: nobody else would ever listen again.
        if (attempt.began || failures == 0) {
          log.warn("Not listening to Redis, and trying again: {}", attempt.reason(e));
        }
      } finally {
        guarded(this::end);
      }
      failures = attempt.began ? 0 : failures + 1;
      pause(failures);
    }
  }

  /** Returns when all has been unsubscribed, or the connection is broken. */
  private void listen(Session attempt) {
    Connection own = listening.take();
    if (own == null) {
      listening.client().subscribe(attempt, nodeChannel);
      return;
    }
    Future<?> heartbeat = null;
    try {
      if (hold(own)) {
        heartbeat = listening.watch(attempt::beat);
        attempt.proceed(own, nodeChannel);
      }
    } finally {
      if (heartbeat != null) {
        heartbeat.cancel(false);
      }
      letGo();
      if (attempt.isSubscribed()) {
        own.setBroken();
      }
      own.close();
    }
  }

  /** From here on, others may break the connection. */
  private boolean hold(Connection own) {
    lock.lock();
    try {
      if (!closed) {
        connection = own;
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** From here on, the connection may be somebody else's. */
  private void letGo() {
    lock.lock();
    try {
      session = null;
      connection = null;
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Tells those who listened that they do not. */
  private void end() {
    List<Listener> cut;
    lock.lock();
    try {
      session = null;
      unconfirmed.clear();
      cut = closed ? List.of() : new ArrayList<>(subscribed.values());
      subscribed.clear();
    } finally {
      lock.unlock();
    }
    cut.forEach(listener -> guarded(listener::unsubscribed));
  }

  /**
   * Waits before the next attempt: exponential with full jitter, so that nodes do not return as
   * one.
   */
  private void pause(int failures) {
    long nanos = TimeUnit.MILLISECONDS.toNanos(PAUSES.millis(failures));
    lock.lock();
    try {
      while (!closed && nanos > 0) {
        nanos = closing.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      // Only close() interrupts this thread, and the loop asks for that itself.
      log.trace("Interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  private void subscribe(Session to, byte[] channel) {
    unconfirmed.merge(name(channel), 1, Integer::sum);
    send(to, s -> s.subscribe(channel));
  }

  private static void send(Session to, Consumer<Session> command) {
    try {
      command.accept(to);
    } catch (JedisException e) {
      // The connection is broken. The thread notices, and starts over with all channels.
      log.debug("Cannot reach Redis on the subscription", e);
    }
  }

  private static void guarded(Runnable call) {
    try {
      call.run();
    } catch (Throwable e) {
      // An error of what one message leads to, such as of a codec that nests too deeply, is none of
      // the messages that follow.
      log.error("A listener failed", e);
    }
  }

  private static String name(byte[] channel) {
    return new String(channel, UTF_8);
  }

  /** One subscribed connection, from the first confirmation to its end. */
  private final class Session extends BinaryJedisPubSub {

    private volatile boolean began;
    private volatile boolean heard;
    private volatile int silence;

    @Override
    public void onSubscribe(byte[] channel, int count) {
      heard = true;
      if (!began) {
        begin();
      } else if (!Arrays.equals(channel, nodeChannel)) {
        confirmed(name(channel));
      }
    }

    /** Called once a heartbeat, by the timer. */
    private void beat() {
      lock.lock();
      try {
        if (closed || connection == null) {
          return;
        }
        silence = heard ? 0 : silence + 1;
        heard = false;
        if (silence >= LONGEST_SILENCE) {
          drop();
        } else if (session == this) {
          send(this, s -> s.subscribe(nodeChannel));
        }
      } finally {
        lock.unlock();
      }
    }

    private String reason(Throwable failure) {
      return silence < LONGEST_SILENCE ? failure.toString() : "it was silent for too long";
    }

    /** The node's channel comes first: from here on, all that close() and add() send is read. */
    private void begin() {
      began = true;
      lock.lock();
      try {
        session = this;
        if (closed) {
          // The interrupt has come too late: it must not end the loop before the replies.
          Thread.interrupted();
          send(this, Session::unsubscribe);
          return;
        }
        listeners
            .keySet()
            .forEach(channel -> Subscription.this.subscribe(this, channel.getBytes(UTF_8)));
      } finally {
        lock.unlock();
      }
      log.info("Listening to Redis");
      reached.run();
    }

    private void confirmed(String channel) {
      Listener listener;
      lock.lock();
      try {
        // A channel that was left and joined again is confirmed when its last SUBSCRIBE is.
        Integer rest = unconfirmed.merge(channel, -1, Integer::sum);
        listener = rest == 0 ? listeners.get(channel) : null;
        if (listener != null) {
          subscribed.put(channel, listener);
        }
      } finally {
        lock.unlock();
      }
      if (listener != null) {
        guarded(listener::subscribed);
      }
    }

    @Override
    public void onMessage(byte[] channel, byte[] message) {
      heard = true;
      String name = name(channel);
      if (name.equals(name(nodeChannel))) {
        guarded(() -> nodeListener.accept(message));
        return;
      }
      Listener listener = listenerOf(name);
      if (listener != null) {
        guarded(() -> listener.received(message));
      }
    }

    private @Nullable Listener listenerOf(String channel) {
      lock.lock();
      try {
        return listeners.get(channel);
      } finally {
        lock.unlock();
      }
    }
  }
}
