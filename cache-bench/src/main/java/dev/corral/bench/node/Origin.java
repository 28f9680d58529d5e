package dev.corral.bench.node;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.corral.bench.contender.Page;
import dev.corral.bench.contender.PageLoader;
import dev.corral.bench.count.LoadEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * The database as a node sees it. Every load passes here, whatever contender asks for it, and
 * leaves an event; the wait for a connection of the bounded pool is a part of it.
 */
public final class Origin implements PageLoader {
  /** By which the database can tell connections of nodes from others. */
  public static final String APPLICATION = "stampede-node";

  private static final long CONNECT_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final int process;
  private final SharedClock clock;
  private final Keys keys;
  private final String sql;
  private final HikariDataSource connections;
  private final Collection<LoadEvent> events = new ConcurrentLinkedQueue<>();
  private final LongAdder loads = new LongAdder();

  Origin(NodeConfig config, Keys keys, SharedClock clock) {
    process = config.process();
    this.keys = keys;
    this.clock = clock;
    sql = "SELECT coalesce(json_agg(q)::text, '[]') FROM (" + config.query() + ") q";
    connections = open(config);
  }

  private static HikariDataSource open(NodeConfig config) {
    var pool = new HikariConfig();
    pool.setJdbcUrl(config.database().url());
    if (!config.database().user().isEmpty()) {
      pool.setUsername(config.database().user());
      pool.setPassword(config.database().password());
    }
    pool.setMaximumPoolSize(config.limits().databaseConnections());
    pool.setConnectionTimeout(config.limits().connectionMillis());
    pool.setValidationTimeout(
        Math.min(pool.getValidationTimeout(), config.limits().connectionMillis()));
    pool.addDataSourceProperty("ApplicationName", APPLICATION);
    return new HikariDataSource(pool);
  }

  @Override
  public Page load(String key) throws SQLException {
    int number = keys.number(key);
    loads.increment();
    long begin = clock.now();
    boolean ok = false;
    try {
      String content = query(keys.get(number).row());
      ok = true;
      return new Page(content, clock.now());
    } finally {
      var thread = Thread.currentThread().getId();
      events.add(new LoadEvent(process, thread, number, begin, clock.now(), ok));
    }
  }

  private String query(String row) throws SQLException {
    try (var connection = connections.getConnection();
        var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, row, Types.OTHER); // the server knows the key's type
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }

  /** Opens all connections, so that no contender is measured while it connects. */
  void connect() {
    List<Connection> opened = new ArrayList<>();
    try {
      while (opened.size() < connections.getMaximumPoolSize()) {
        opened.add(patiently());
      }
      for (Connection connection : opened) {
        connection.close();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot connect to the database", e);
    }
  }

  /** A pool that is told to give up soon may do so while all nodes connect at once. */
  private Connection patiently() throws SQLException {
    long begin = System.nanoTime();
    while (true) {
      try {
        return connections.getConnection();
      } catch (SQLTransientConnectionException e) {
        if (System.nanoTime() - begin > CONNECT_NANOS) {
          throw e;
        }
      }
    }
  }

  long loads() {
    return loads.sum();
  }

  Collection<LoadEvent> events() {
    return events;
  }
}
