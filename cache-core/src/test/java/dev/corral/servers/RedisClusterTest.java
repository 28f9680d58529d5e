package dev.corral.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // set up before all tests
class RedisClusterTest {

  private static RedisCluster cluster;

  @BeforeAll
  static void start() {
    cluster = RedisCluster.start(3, 1);
  }

  @AfterAll
  static void stop() {
    cluster.close();
    assertThat(cluster.nodes()).noneMatch(node -> RedisPing.answers(node.host(), node.port()));
  }

  @Test
  void threeMastersShareTheSlotsAndEachHasAReplica() {
    List<RedisServer> masters = cluster.masters();

    assertThat(masters).hasSize(3);
    assertThat(List.of(0, 8_000, 16_383)).extracting(cluster::masterOf).doesNotHaveDuplicates();
    assertThat(masters)
        .flatMap(cluster::replicasOf)
        .hasSize(3)
        .doesNotContainAnyElementsOf(masters);
  }

  @Test
  void aKeyIsWrittenToTheMasterThatTheFixtureNames() {
    assertThat(Resp.text(cluster.masterOf("key"), "SET", "key", "value")).isEqualTo("OK");
  }

  @Test
  void aReplicaTakesThePlaceOfAKilledMasterWhichComesBackAsItsReplica() {
    RedisServer master = cluster.masterOf(0);
    RedisServer replica = cluster.replicasOf(master).get(0);

    master.kill();
    cluster.awaitOk();
    assertThat(cluster.masterOf(0)).isSameAs(replica);

    master.restart();
    cluster.awaitOk();
    assertThat(cluster.masterOf(0)).isSameAs(replica);
    assertThat(cluster.replicasOf(replica)).containsExactly(master);
  }

  @Test
  void aReplicaTakesOverWhenToldTo() {
    for (RedisCluster.Failover how : RedisCluster.Failover.values()) {
      RedisServer master = cluster.masterOf(16_383);
      RedisServer replica = cluster.replicasOf(master).get(0);

      cluster.failover(replica, how);

      assertThat(cluster.masterOf(16_383)).as("after %s", how).isSameAs(replica);
      assertThat(cluster.replicasOf(replica)).containsExactly(master);
    }
  }
}
