package dev.corral.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.remote.Lease;
import dev.corral.remote.Publication;
import dev.corral.remote.PublishAnswer;
import dev.corral.servers.RedisServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** A server that was restarted, failed over or flushed knows no scripts: they are sent again. */
class ForgottenScriptsTest extends OneNode {

  @Test
  void aStepWhoseScriptWasForgottenSucceeds() throws Exception {
    Lease lease = node.lead("key");
    forgetScripts();
    assertThat(node.publish(lease, "value")).isTrue();

    forgetScripts();
    node.region.invalidate("key");
    node.told.next(Told.Invalidated.class);
    node.lead("key");
  }

  @Test
  void eachOfSeveralStepsWhoseScriptWasForgottenTakesEffectOnce() throws Exception {
    Publication a = publication("a");
    Publication b = publication("b");
    Publication c = publication("c");
    node.region.invalidate("b");
    node.told.next(Told.Invalidated.class);
    forgetScripts();

    assertThat(node.region.publishAll(List.of(a, b, c)))
        .containsExactly(PublishAnswer.STORED, PublishAnswer.LEASE_LOST, PublishAnswer.STORED);

    forgetScripts();
    node.region.invalidateAll(List.of("a", "c"));
    assertThat(node.told.next(Told.Invalidated.class).key()).isEqualTo("a");
    assertThat(node.told.next(Told.Invalidated.class).key()).isEqualTo("c");
    assertThat(node.told.isEmpty()).isTrue();
  }

  @Test
  void aClearWhoseScriptWasForgottenClearsAllPartitions() throws Exception {
    for (int i = 0; i < 100; i++) {
      node.load("key-" + i, "value");
    }
    forgetScripts();

    node.region.clear();

    node.told.next(Told.Cleared.class);
    for (int i = 0; i < 100; i++) {
      node.lead("key-" + i);
    }
  }

  private Publication publication(String key) {
    return new Publication(node.lead(key), key.getBytes(StandardCharsets.UTF_8), Node.LONG);
  }

  private static void forgetScripts() {
    try (Jedis admin = new Jedis(RedisServer.shared().uri())) {
      admin.scriptFlush();
    }
  }
}
