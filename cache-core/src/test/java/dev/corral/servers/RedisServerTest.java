package dev.corral.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedisServerTest {

  @Test
  void theSharedServerAnswersPing() {
    RedisServer server = RedisServer.shared();

    assertThat(RedisPing.answers(server.host(), server.port())).isTrue();
    assertThat(RedisServer.shared()).isSameAs(server);
  }

  @Test
  void aPausedServerIsSilentUntilItResumes() {
    try (RedisServer server = ownServer()) {
      server.pause();
      assertThat(RedisPing.answers(server.host(), server.port())).isFalse();

      server.resume();
      assertThat(RedisPing.answers(server.host(), server.port())).isTrue();
    }
  }

  @Test
  void aKilledServerComesBackOnTheSamePort() {
    try (RedisServer server = ownServer()) {
      URI before = server.uri();

      server.kill();
      assertThat(RedisPing.answers(server.host(), server.port())).isFalse();

      server.restart();
      assertThat(server.uri()).isEqualTo(before);
      assertThat(RedisPing.answers(server.host(), server.port())).isTrue();
    }
  }

  @Test
  void aClosedServerIsGone() {
    RedisServer server = ownServer();

    server.close();

    assertThat(RedisPing.answers(server.host(), server.port())).isFalse();
  }

  @Test
  void aServerThatDoesNotStartShowsItsLog() {
    assertThatThrownBy(
            () -> RedisProcess.start(RedisBinary.path(), List.of("--maxmemory", "plenty")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("did not answer PING")
        .hasMessageContaining("plenty");
  }

  @Test
  void aMissingProgramIsNamed() {
    assertThatThrownBy(() -> RedisProcess.start(Path.of("/no/such/redis-server"), List.of()))
        .hasMessageContaining("/no/such/redis-server");
  }

  @Test
  void aRunningServerIsUsedButNotControlled() {
    try (RedisServer server = RunningRedis.at(URI.create("redis://example.test"), List.of())) {
      assertThat(server.host()).isEqualTo("example.test");
      assertThat(server.port()).isEqualTo(6379);
      assertThatThrownBy(server::pause)
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("CORRAL_REDIS_URL");
    }
  }

  @Test
  void aRunningServerTakesNoSettings() {
    assertThatThrownBy(
            () ->
                RunningRedis.at(URI.create("redis://example.test"), List.of("--maxmemory", "64mb")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("--maxmemory");
  }

  private static RedisServer ownServer() {
    RedisServer server = RedisServer.start();
    assumeTrue(server.controllable(), "CORRAL_REDIS_URL names a server that cannot be controlled");
    return server;
  }
}
