package dev.corral.servers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedisSentinelTest {

  @Test
  void theReplicaTakesThePlaceOfAKilledMasterWhichComesBackAsItsReplica() {
    RedisSentinel sentinel = RedisSentinel.start();
    try (sentinel) {
      RedisServer master = sentinel.master();
      RedisServer replica = sentinel.replica();
      Resp.text(master, "SET", "key", "value");
      assertThat(Resp.text(master, "WAIT", 1, 5_000)).isEqualTo("1");

      master.kill();
      assertThat(sentinel.awaitSuccessorOf(master)).isSameAs(replica);
      assertThat(sentinel.master()).isSameAs(replica);
      assertThat(Resp.text(replica, "GET", "key")).isEqualTo("value");

      master.restart();
      sentinel.awaitReplica();
      assertThat(Resp.text(master, "GET", "key")).isEqualTo("value");
    }
    assertThat(sentinel.sentinels())
        .noneMatch(server -> RedisPing.answers(server.host(), server.port()));
  }
}
