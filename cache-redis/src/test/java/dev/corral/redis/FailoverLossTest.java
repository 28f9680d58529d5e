package dev.corral.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.servers.RedisCluster;
import org.junit.jupiter.api.Test;

/** What a failover loses, since replicas are told of a write after it was acknowledged. */
class FailoverLossTest {

  @Test
  void whatTheReplicaWasNotToldBeforeItsMasterDiedIsLostAndOldValuesComeBack() throws Exception {
    try (RedisCluster cluster = RedisCluster.start(3, 1);
        var loss = new FailoverLoss(cluster)) {
      loss.node.load(FailoverLoss.KEY, "old");
      loss.awaitReplication();

      assertThat(loss.lostByAStalledLink(50)).isEqualTo(50);

      assertThat(loss.found()).isEqualTo("old");
    }
  }
}
