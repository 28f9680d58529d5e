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
      master.kill();
      assertThat(sentinel.awaitSuccessorOf(master)).isSameAs(replica);
      assertThat(sentinel.master()).isSameAs(replica);
      // What it held before is another matter: the copy is asynchronous.
      Resp.text(replica, "SET", "key", "value");

      master.restart();
      sentinel.awaitReplica();
      assertThat(Resp.text(master, "GET", "key")).isEqualTo("value");
    }
    assertThat(sentinel.sentinels())
        .noneMatch(server -> RedisPing.answers(server.host(), server.port()));
  }
}
