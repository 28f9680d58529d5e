package dev.corral.servers;

import java.net.URI;
import java.util.List;

/**
 * A real Redis server, ready for connections.
 *
 * <p>The first of these that works is taken:
 *
 * <ol>
 *   <li>the running server that {@code CORRAL_REDIS_URL} names, such as {@code
 *       redis://localhost:6379}; it cannot be paused, killed or given settings;
 *   <li>the {@code redis-server} program that {@code CORRAL_REDIS_BIN} names;
 *   <li>a container, where Docker answers;
 *   <li>the program inside the embedded-redis jar.
 * </ol>
 *
 * <p>A server started here keeps nothing on disk and ends with this JVM at the latest.
 */
public interface RedisServer extends AutoCloseable {

  /**
   * Starts a server of the caller's own.
   *
   * @param settings redis-server arguments, such as {@code "--maxmemory", "64mb"}
   * @throws IllegalStateException if no server could be had
   */
  static RedisServer start(String... settings) {
    return RedisServers.start(List.of(settings));
  }

  /**
   * The one server that the tests of this JVM share.
   *
   * <p>Tests keep apart by namespace; one that pauses, kills or fills its server starts its own.
   */
  static RedisServer shared() {
    return RedisServers.Shared.SERVER;
  }

  String host();

  int port();

  /** The address as {@code redis://host:port}, or as {@code CORRAL_REDIS_URL} spells it. */
  URI uri();

  /** Whether this server can be paused, resumed, killed and restarted. */
  boolean controllable();

  /**
   * Freezes the server: it keeps its connections and its memory but answers nothing.
   *
   * @throws UnsupportedOperationException if this server is not {@link #controllable()}
   */
  void pause();

  /**
   * Thaws a paused server.
   *
   * @throws UnsupportedOperationException if this server is not {@link #controllable()}
   */
  void resume();

  /**
   * Ends the server at once, as a crash would; its data are lost.
   *
   * @throws UnsupportedOperationException if this server is not {@link #controllable()}
   */
  void kill();

  /**
   * Starts an empty server on the same port, killing the present one if it still runs.
   *
   * @throws UnsupportedOperationException if this server is not {@link #controllable()}
   */
  void restart();

  /** Ends a server that was started here; leaves any other alone. */
  @Override
  void close();
}
