package dev.corral.servers;

import com.github.dockerjava.api.DockerClient;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** A Redis in a container, on a fixed port of the host so that a restart keeps it. */
final class RedisContainer implements RedisServer {
  private static final DockerImageName IMAGE = DockerImageName.parse("redis:8-alpine");
  private static final int REDIS_PORT = 6379;
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final GenericContainer<?> container;
  private final int port;

  private RedisContainer(GenericContainer<?> container, int port) {
    this.container = container;
    this.port = port;
  }

  static RedisContainer start(List<String> settings) {
    var command = new ArrayList<>(List.of("redis-server", "--save", "", "--appendonly", "no"));
    command.addAll(settings);
    int port = FreePort.find();
    GenericContainer<?> container =
        new GenericContainer<>(IMAGE)
            .withCommand(command.toArray(String[]::new))
            .withExposedPorts(REDIS_PORT);
    container.setPortBindings(List.of(port + ":" + REDIS_PORT));
    container.start();
    return new RedisContainer(container, port).awaited();
  }

  @Override
  public String host() {
    return container.getHost();
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public URI uri() {
    return URI.create("redis://" + host() + ":" + port);
  }

  @Override
  public boolean controllable() {
    return true;
  }

  @Override
  public void pause() {
    docker().pauseContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void resume() {
    docker().unpauseContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void kill() {
    if (container.isRunning()) {
      docker().killContainerCmd(container.getContainerId()).exec();
    }
  }

  @Override
  public void restart() {
    kill();
    docker().startContainerCmd(container.getContainerId()).exec();
    awaited();
  }

  @Override
  public void close() {
    container.stop();
  }

  private RedisContainer awaited() {
    if (!RedisPing.answersWithin(START_LIMIT, host(), port, () -> true)) {
      String log = container.getLogs();
      container.stop();
      throw new IllegalStateException(
          "The container did not answer PING within " + START_LIMIT + "; its log:\n" + log);
    }
    return this;
  }

  private DockerClient docker() {
    return container.getDockerClient();
  }
}
