package dev.corral.servers;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** The order in which a Redis server is looked for. */
final class RedisServers {
  private RedisServers() {}

  static RedisServer start(List<String> settings) {
    String url = System.getenv("CORRAL_REDIS_URL");
    if (url != null) {
      return RunningRedis.at(URI.create(url), settings);
    }
    String binary = System.getenv("CORRAL_REDIS_BIN");
    if (binary != null) {
      return RedisProcess.start(Path.of(binary), settings);
    }
    return new Search<RedisServer>("a Redis server")
        .tryIf(Docker.answers(), "a container", () -> RedisContainer.start(settings))
        .tryIf(true, "the embedded binary", () -> RedisProcess.start(RedisBinary.path(), settings))
        .orElseSay(
            "Set CORRAL_REDIS_URL to a running server (redis://localhost:6379)"
                + " or CORRAL_REDIS_BIN to a redis-server program.");
  }

  /**
   * The program for those who need several servers that know each other by their addresses:
   * containers do not.
   */
  static Path binary() {
    String binary = System.getenv("CORRAL_REDIS_BIN");
    return binary == null ? RedisBinary.path() : Path.of(binary);
  }

  /** Starts the shared server at its first use. */
  static final class Shared {
    static final RedisServer SERVER = start(List.of());

    private Shared() {}
  }
}
