package dev.corral.examples;

import dev.corral.InvalidationSink;
import dev.corral.InvalidationSource;
import dev.corral.UndeliveredException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The notifications of one channel of a PostgreSQL, as a source of invalidations. The payload is
 * the key's text; an empty one means all keys. PostgreSQL sends a notification when its transaction
 * has committed, and never otherwise.
 *
 * <p>Each subscription has a thread and a connection of its own, which must lead to the primary
 * itself: neither a replica nor a pooler that shares sessions passes notifications on. What happens
 * while there is no connection is not sent later, so whenever it listens anew, all keys are
 * reported.
 */
final class PostgresInvalidations<K> implements InvalidationSource<K> {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresInvalidations.class);
  private static final Pattern CHANNEL = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
  private static final Duration CHECK = Duration.ofSeconds(5);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final String url;
  private final Properties properties = new Properties();
  private final String channel;
  private final Function<String, K> keyOf;

  /**
   * Creates a source; nothing is connected yet.
   *
   * @param keyOf turns a payload into a key, and throws if it makes no sense
   */
  PostgresInvalidations(
      String url, Properties credentials, String channel, Function<String, K> keyOf) {
    if (!CHANNEL.matcher(channel).matches()) {
      throw new IllegalArgumentException("channel must match " + CHANNEL + ": " + channel);
    }
    this.url = url;
    this.channel = channel;
    this.keyOf = keyOf;
    properties.putAll(credentials);
    properties.setProperty("ApplicationName", "corral " + channel);
    properties.setProperty("connectTimeout", "" + ANSWER_LIMIT.toSeconds());
    properties.setProperty("socketTimeout", "" + ANSWER_LIMIT.toSeconds());
  }

  @Override
  public AutoCloseable subscribe(InvalidationSink<K> sink) {
    Feed feed = new Feed(sink);
    feed.thread.start();
    return feed;
  }

  @Override
  public String toString() {
    return "channel " + channel;
  }

  /** One subscription, and what its thread does. */
  private final class Feed implements AutoCloseable, Runnable {

    private final InvalidationSink<K> sink;
    private final Thread thread = new Thread(this, "corral-feed-" + channel);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Connection open;
    private Duration pause = FIRST_PAUSE; // of the thread

    Feed(InvalidationSink<K> sink) {
      this.sink = sink;
      thread.setDaemon(true);
    }

    @Override
    public void run() {
      try {
        while (!isClosed()) {
          connectAndReceive();
          if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
            return;
          }
          Duration longer = pause.multipliedBy(2);
          pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
        }
      } catch (InterruptedException e) {
        LOG.warn("Interrupted: nothing is heard of {} any more", channel);
      }
    }

    private void connectAndReceive() {
      try (Connection connection = DriverManager.getConnection(url, properties)) {
        open = connection;
        listen(connection);
        // After LISTEN: what is committed from now on is told, what was before is not known.
        report(sink::invalidateAll);
        while (!isClosed()) {
          receive(connection);
          pause = FIRST_PAUSE;
        }
      } catch (SQLException | RuntimeException e) {
        // Whatever it was: the next connection begins with a report of all keys.
        if (!isClosed()) {
          LOG.warn("The feed of {} is interrupted; next try in {}", channel, pause, e);
        }
      } finally {
        open = null;
      }
    }

    private void listen(Connection connection) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute("listen " + channel);
      }
    }

    /** Waits for notifications, for a while; a connection that died without a word is noticed. */
    private void receive(Connection connection) throws SQLException {
      PGNotification[] notifications =
          connection.unwrap(PGConnection.class).getNotifications((int) CHECK.toMillis());
      if (notifications == null || notifications.length == 0) {
        if (!connection.isValid((int) CHECK.toSeconds())) {
          throw new SQLException("The connection does not answer any more");
        }
        return;
      }
      Set<K> keys = new LinkedHashSet<>();
      for (PGNotification notification : notifications) {
        if (notification.getParameter().isEmpty()) {
          report(sink::invalidateAll);
          return;
        }
        addKey(notification.getParameter(), keys);
      }
      report(() -> sink.invalidateAll(keys));
    }

    private void addKey(String payload, Set<K> keys) {
      try {
        keys.add(keyOf.apply(payload));
      } catch (RuntimeException e) {
        LOG.warn("Ignored on channel {}, as it is no key: {}", channel, payload, e);
      }
    }

    private void report(Runnable report) {
      try {
        report.run();
      } catch (UndeliveredException e) {
        // The cache has kept it, and goes on trying.
        LOG.warn("Delivered later", e);
      }
    }

    private boolean isClosed() {
      return closed.getCount() == 0;
    }

    /** Ends the wait for notifications, by its connection, and waits for the thread. */
    @Override
    public void close() throws SQLException {
      closed.countDown();
      Connection connection = open;
      if (connection != null) {
        connection.abort(Runnable::run);
      }
      if (Thread.currentThread() != thread) {
        awaitEnd();
      }
    }

    private void awaitEnd() {
      try {
        thread.join(ANSWER_LIMIT.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
