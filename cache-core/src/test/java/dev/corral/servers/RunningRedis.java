package dev.corral.servers;

import java.net.URI;
import java.util.List;

/** A server that somebody else started, named by {@code CORRAL_REDIS_URL}. */
final class RunningRedis implements RedisServer {
  private static final int DEFAULT_PORT = 6379;

  private final URI uri;

  private RunningRedis(URI uri) {
    this.uri = uri;
  }

  static RunningRedis at(URI uri, List<String> settings) {
    if (uri.getHost() == null) {
      throw new IllegalStateException("CORRAL_REDIS_URL must name a host: " + uri);
    }
    if (!settings.isEmpty()) {
      throw new IllegalStateException(
          "CORRAL_REDIS_URL names a server that cannot be given " + settings + "; unset it");
    }
    return new RunningRedis(uri);
  }

  @Override
  public String host() {
    return uri.getHost();
  }

  @Override
  public int port() {
    return uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
  }

  @Override
  public URI uri() {
    return uri;
  }

  @Override
  public boolean controllable() {
    return false;
  }

  @Override
  public void pause() {
    throw notOurs();
  }

  @Override
  public void resume() {
    throw notOurs();
  }

  @Override
  public void kill() {
    throw notOurs();
  }

  @Override
  public void restart() {
    throw notOurs();
  }

  @Override
  public void close() {
    // Whoever started it ends it.
  }

  private UnsupportedOperationException notOurs() {
    return new UnsupportedOperationException(
        "CORRAL_REDIS_URL names a server whose process is not ours; unset it to control one");
  }
}
