package dev.corral.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.servers.RedisServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node process is killed while it loads, and others wait for what it would have loaded. */
class LeaseHolderKilledTest {
  private static final Duration MARGIN = Duration.ofSeconds(20);

  @Test
  @Timeout(120)
  void aNodeKilledWhileItHoldsALeaseDelaysTheOthersByNoMoreThanTheLease() throws Exception {
    try (RedisServer redis = RedisServer.start();
        Node holder = Node.start(redis, "hang").after("loading");
        Node first = Node.start(redis, "answer").after("asking");
        Node second = Node.start(redis, "answer").after("asking")) {

      holder.kill();
      long killedAt = System.nanoTime();
      List<String> said = Stream.concat(first.rest().stream(), second.rest().stream()).toList();
      Duration waited = Duration.ofNanos(System.nanoTime() - killedAt);

      assertThat(said).containsExactlyInAnyOrder("loading", "got value", "got value");
      assertThat(waited).isLessThan(LeaseNode.LEASE.plus(MARGIN));
    }
  }

  /** A {@link LeaseNode} in its process. */
  private record Node(Process process, BufferedReader said) implements AutoCloseable {

    static Node start(RedisServer redis, String loader) throws IOException {
      var process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  LeaseNode.class.getName(),
                  redis.uri().toString(),
                  loader)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      return new Node(process, process.inputReader(UTF_8));
    }

    /** Waits until the node has said this. */
    Node after(String line) throws IOException {
      String next = said.readLine();
      while (next != null && !next.equals(line)) {
        next = said.readLine();
      }
      assertThat(next).as("what the node said last").isEqualTo(line);
      return this;
    }

    /** All that the node says until it ends. */
    List<String> rest() {
      return said.lines().toList();
    }

    /** Ends the process as SIGKILL does: it can do nothing any more. */
    void kill() {
      process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
      kill();
    }
  }
}
