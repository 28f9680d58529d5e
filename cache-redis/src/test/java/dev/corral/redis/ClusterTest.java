package dev.corral.redis;

import static dev.corral.redis.Node.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.corral.remote.Lease;
import dev.corral.remote.LoadOutcome;
import dev.corral.remote.Lookup;
import dev.corral.remote.Publication;
import dev.corral.remote.PublishAnswer;
import dev.corral.servers.RedisServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.params.MigrateParams;
import redis.clients.jedis.util.JedisClusterCRC16;

/** A cluster of two masters: the same steps, and slots that move meanwhile. */
@SuppressWarnings("NullAway.Init") // set up before each test
class ClusterTest {

  private static final int LAST_SLOT = 16_383;

  private RedisServer first;
  private RedisServer second;
  private RedisClusterClient jedis;
  private Node node;
  private Node other;

  @BeforeEach
  void start() throws Exception {
    first = RedisServer.start("--cluster-enabled", "yes");
    second = RedisServer.start("--cluster-enabled", "yes");
    assumeTrue(first.controllable(), "the server is not ours to make a cluster of");
    try (Jedis one = new Jedis(first.uri());
        Jedis two = new Jedis(second.uri())) {
      one.clusterSetConfigEpoch(1);
      two.clusterSetConfigEpoch(2);
      one.clusterAddSlotsRange(0, LAST_SLOT / 2);
      two.clusterAddSlotsRange(LAST_SLOT / 2 + 1, LAST_SLOT);
      one.clusterMeet(second.host(), second.port());
      await().until(() -> isComplete(one) && isComplete(two));
    }
    jedis = RedisClusterClient.create(Set.of(new HostAndPort(first.host(), first.port())));
    node = Node.listening(jedis, "cache");
    other = Node.listening(jedis, "cache");
  }

  @AfterEach
  void stop() {
    node.close();
    other.close();
    jedis.close();
    first.close();
    second.close();
  }

  @Test
  void keysOfBothMastersAreLookedUpPublishedAndInvalidatedTogether() throws Exception {
    List<String> all = keys();

    List<Publication> publications =
        node.region.lookUpAll(all, LONG).stream()
            .map(Node::granted)
            .map(lease -> new Publication(lease, bytes(lease.key()), LONG))
            .toList();
    assertThat(node.region.publishAll(publications)).containsOnly(PublishAnswer.STORED);
    assertThat(other.region.lookUpAll(all, LONG)).allMatch(Lookup.Found.class::isInstance);

    other.region.invalidateAll(all);
    assertThat(node.region.lookUpAll(all, LONG)).allMatch(Lookup.Granted.class::isInstance);
    for (int i = 0; i < all.size(); i++) {
      assertThat(node.told.next(Told.Invalidated.class).own()).isFalse();
    }
  }

  @Test
  void aClearReachesBothMasters() throws Exception {
    keys().forEach(key -> node.load(key, "value"));

    other.region.clear();

    node.told.next(Told.Cleared.class);
    assertThat(node.region.lookUpAll(keys(), LONG)).allMatch(Lookup.Granted.class::isInstance);
  }

  @Test
  void thoseWhoWaitAreToldWhicheverMasterHoldsTheKey() throws Exception {
    for (String key : keys().subList(0, 20)) {
      Lease lease = node.lead(key);
      other.region.await(key, other.taken(key));
      node.publish(lease, "value");

      Told.Ended told = other.told.next(Told.Ended.class);
      assertThat(told.key()).isEqualTo(key);
      assertThat(told.outcome()).isInstanceOf(LoadOutcome.Published.class);
    }
  }

  // A pipeline follows no redirection: without a second try each look-up would fail for as long as
  // the client believes in the slot's old place.
  @Test
  void aSlotThatMovedIsFollowed() {
    node.load("key", "value");
    Lease lease = node.lead("loading");
    move("key");
    move("loading");

    assertThat(node.find("key")).isEqualTo("value");
    assertThat(node.publish(lease, "loaded")).isTrue();
    assertThat(other.find("loading")).isEqualTo("loaded");
    node.region.invalidateAll(List.of("key", "loading"));
    node.lead("key");
  }

  @Test
  void severalStepsFollowASlotThatMoved() {
    Publication publication = new Publication(node.lead("key"), bytes("value"), LONG);
    move("key");

    assertThat(node.region.publishAll(List.of(publication))).containsExactly(PublishAnswer.STORED);
    assertThat(node.region.lookUpAll(List.of("other", "key"), LONG).get(1))
        .isInstanceOf(Lookup.Found.class);
  }

  /** Takes the slot of a key from its master to the other one, with all that it holds. */
  private void move(String key) {
    int slot = JedisClusterCRC16.getSlot(node.keys.of(key).entry);
    boolean up = slot <= LAST_SLOT / 2;
    RedisServer from = up ? first : second;
    RedisServer to = up ? second : first;
    try (Jedis source = new Jedis(from.uri());
        Jedis target = new Jedis(to.uri())) {
      target.clusterSetSlotImporting(slot, source.clusterMyId());
      source.clusterSetSlotMigrating(slot, target.clusterMyId());
      byte[][] held = source.clusterGetKeysInSlotBinary(slot, 100).toArray(new byte[0][]);
      source.migrate(to.host(), to.port(), 5_000, new MigrateParams(), held);
      target.clusterSetSlotNode(slot, target.clusterMyId());
      source.clusterSetSlotNode(slot, target.clusterMyId());
    }
  }

  private static boolean isComplete(Jedis master) {
    String info = master.clusterInfo();
    return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:2");
  }

  private static List<String> keys() {
    return IntStream.range(0, 50).mapToObj(i -> "key-" + i).toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
