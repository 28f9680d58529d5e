package dev.corral.bench.site;

import dev.corral.servers.RedisServer;
import java.sql.Connection;
import java.sql.SQLException;

/** What faults happen to. */
public interface Site {

  /** The Redis that all nodes share. */
  RedisServer redis();

  /** Connects to the database that all nodes share. */
  Connection connect() throws SQLException;

  /** Connects to another database of the same server, from which that one can be closed. */
  Connection connectBeside() throws SQLException;
}
