package dev.corral.bench.node;

import dev.corral.bench.contender.Contender;
import dev.corral.bench.history.Invalidation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Those of one node who change rows: each change counts the version of a row up by one, is
 * committed, and then its key is invalidated. An open loop, as the gets are.
 */
final class Writers {
  private final NodeConfig config;
  private final Schedule schedule;
  private final Keys keys;
  private final Contender contender;
  private final SharedClock clock;
  private final Measure measure;
  private final List<Connection> connections;
  private final Collection<Invalidation> done = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();

  /** Connects each writer by a connection of its own: loads do not keep it from writing. */
  Writers(
      NodeConfig config,
      Schedule schedule,
      Keys keys,
      Contender contender,
      SharedClock clock,
      Measure measure) {
    this.config = config;
    this.schedule = schedule;
    this.keys = keys;
    this.contender = contender;
    this.clock = clock;
    this.measure = measure;
    connections = Stream.generate(this::connect).limit(config.writers()).toList();
  }

  private Connection connect() {
    try {
      return config.database().connect();
    } catch (SQLException e) {
      throw new IllegalStateException("A writer cannot connect to the database", e);
    }
  }

  /** Lets the changes begin; a failure of the database ends the process. */
  void begin(long beginning) {
    for (Connection connection : connections) {
      var thread = new Thread(() -> work(connection, beginning), "writer-" + threads.size());
      thread.start();
      threads.add(thread);
    }
  }

  /** Returns when the last change is made. */
  void join() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void work(Connection connection, long beginning) {
    try (connection;
        var statement = connection.prepareStatement(config.change())) {
      for (int i = next.getAndIncrement(); i < schedule.size(); i = next.getAndIncrement()) {
        clock.waitUntil(beginning + schedule.dueAt(i));
        change(i, statement);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("A row could not be changed", e);
    }
  }

  private void change(int i, PreparedStatement statement) throws SQLException {
    int key = schedule.key(i);
    statement.setObject(1, keys.get(key).row(), Types.OTHER);
    long version;
    try (var rows = statement.executeQuery()) { // which commits
      rows.next();
      version = rows.getLong(1);
    }
    long committed = clock.now();
    boolean ok = invalidate(keys.get(key).name(), schedule.dueAt(i));
    done.add(new Invalidation(config.process(), key, version, committed, clock.now(), ok));
  }

  private boolean invalidate(String name, long dueAt) {
    try {
      contender.invalidate(name);
      return true;
    } catch (Exception e) {
      measure.failed(dueAt, e);
      return false; // and so promises nothing
    }
  }

  Collection<Invalidation> done() {
    return done;
  }
}
