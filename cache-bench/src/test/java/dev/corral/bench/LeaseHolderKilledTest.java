package dev.corral.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.servers.RedisServer;
import java.io.IOException;
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
        JavaProcess holder = start(redis, "hang").after("loading");
        JavaProcess first = start(redis, "answer").after("asking");
        JavaProcess second = start(redis, "answer").after("asking")) {

      holder.kill();
      long killedAt = System.nanoTime();
      List<String> said = Stream.concat(first.rest().stream(), second.rest().stream()).toList();
      Duration waited = Duration.ofNanos(System.nanoTime() - killedAt);

      assertThat(said).containsExactlyInAnyOrder("loading", "got value", "got value");
      assertThat(waited).isLessThan(LeaseNode.LEASE.plus(MARGIN));
    }
  }

  private static JavaProcess start(RedisServer redis, String loader) throws IOException {
    return JavaProcess.start(LeaseNode.class, redis.uri().toString(), loader);
  }
}
