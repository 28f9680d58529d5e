package dev.corral.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/** Whether containers can be started here; asked once in this JVM. */
final class Docker {
  private Docker() {}

  static boolean answers() {
    return Asked.ANSWERS;
  }

  private static final class Asked {
    // The socket first: without one, Testcontainers takes a second to find that out, and logs it
    // as an error.
    static final boolean ANSWERS = mayRun() && DockerClientFactory.instance().isDockerAvailable();

    private static boolean mayRun() {
      Path home = Path.of(System.getProperty("user.home"));
      return System.getenv("DOCKER_HOST") != null
          || Stream.of(
                  Path.of("/var/run/docker.sock"),
                  home.resolve(".docker/run/docker.sock"),
                  home.resolve(".docker/desktop/docker.sock"))
              .anyMatch(Files::exists);
    }
  }
}
