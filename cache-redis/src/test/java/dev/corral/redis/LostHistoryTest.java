package dev.corral.redis;

import static dev.corral.redis.Node.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.corral.remote.Lease;
import dev.corral.remote.Lookup;
import dev.corral.remote.RemoteRegion;
import dev.corral.remote.TagMark;
import dev.corral.servers.RedisServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** Nothing from before a loss of data is taken for something from after it. */
@SuppressWarnings("NullAway.Init") // set up before each test
class LostHistoryTest {

  private RedisServer server;
  private RedisClient jedis;
  private Node node;
  private Node other;

  @BeforeEach
  void start() throws Exception {
    server = RedisServer.start();
    assumeTrue(server.controllable(), "the server is not ours to flush");
    jedis = RedisClient.create(server.uri());
    node = Node.listening(jedis, "cache");
    other = Node.listening(jedis, "cache");
  }

  @AfterEach
  void stop() {
    node.close();
    other.close();
    jedis.close();
    server.close();
  }

  // A publish that takes an absent key for its own would store what was loaded before whatever
  // invalidation was lost along with the data.
  @Test
  void aLeaseDoesNotSurviveAFlush() {
    Lease lease = node.lead("key");
    jedis.flushAll();

    assertThat(node.publish(lease, "late")).isFalse();
    assertThat(node.region.renew(lease, LONG)).isFalse();
    assertThat(node.region.lookUp("key", LONG)).isInstanceOf(Lookup.Granted.class);
  }

  @Test
  void afterAFlushKeysAreLoadedAsEver() {
    node.load("key", "old");
    jedis.flushAll();

    other.load("key", "new");

    assertThat(node.find("key")).isEqualTo("new");
  }

  // An eviction may take the partition and leave its keys. If the next history started from
  // a fixed number, a value from the lost one could lie within it.
  @Test
  void aValueWhosePartitionWasLostIsVoid() {
    node.load("key", "old");
    jedis.del(node.keys.of("key").partitionKey);

    Lease lease = other.lead("key");

    assertThat(other.publish(lease, "new")).isTrue();
  }

  @Test
  void aLeaseWhosePartitionWasLostCannotBePublished() {
    Lease lease = node.lead("key");
    jedis.del(node.keys.of("key").partitionKey);

    assertThat(node.publish(lease, "late")).isFalse();
    other.load("key", "new");
  }

  @Test
  void aLeaseFromAnotherHistoryCannotBePublished() {
    Lease lease = node.lead("key");
    jedis.del(node.keys.of("key").partitionKey);
    other.region.invalidate("of the same partition, or not");
    other.region.clear();

    assertThat(node.publish(lease, "late")).isFalse();
  }

  // An eviction may take the tags and leave the partition: what was invalidated is not known then.
  @Test
  void aMarkWhosePartitionHasLostItsTagsDoesNotHold() {
    TagMark before = mark("tag");
    TagMark other = mark("of the same partition or not");
    assertThat(node.region.hold(List.of(before, other))).containsExactly(true, true);
    node.region.invalidateTag("tag");
    jedis.del(node.keys.tags(RemoteRegion.partitionOf("tag")));

    assertThat(node.region.hold(List.of(before, mark("tag")))).containsExactly(false, false);

    node.region.invalidateTag("tag");
    assertThat(node.region.hold(List.of(before, mark("tag")))).containsExactly(false, true);
    assertThat(node.region.hold(List.of(other))).containsExactly(true);
  }

  @Test
  void tagsOfALostHistoryAreNotTakenForThoseOfTheNext() {
    node.region.invalidateTag("tag");
    jedis.del(node.keys.partition(RemoteRegion.partitionOf("tag")));
    node.region.clear();
    TagMark mark = mark("tag");
    assertThat(node.region.hold(List.of(mark))).containsExactly(true);

    node.region.invalidateTag("another of any partition");
    node.region.invalidateTag("tag");

    assertThat(node.region.hold(List.of(mark, mark("tag")))).containsExactly(false, true);
  }

  private TagMark mark(String tag) {
    int partition = RemoteRegion.partitionOf(tag);
    return new TagMark(tag, seq(node.keys.partition(partition)));
  }

  // An eviction may take the value and leave the right, as the end of the value's time does.
  @Test
  void aRefreshOfAnEvictedValueGoesOnAndNobodyLoadsBesideIt() {
    node.load("key", "old");
    Lease right = node.leadRefresh("key");
    jedis.del(node.keys.of("key").entry);

    assertThat(other.region.lookUp("key", LONG)).isInstanceOf(Lookup.Taken.class);

    assertThat(node.publish(right, "new")).isTrue();
    assertThat(other.region.lookUp("key", LONG)).isInstanceOf(Lookup.Found.class);
  }

  @Test
  void historiesStartAtRandomSixteenDigitNumbers() {
    List<Long> seqs = new ArrayList<>();
    for (int i = 0; i < RemoteRegion.PARTITIONS; i++) {
      Window window = Objects.requireNonNull(Window.read(jedis.get(node.keys.partition(i))));
      assertThat(window.floor()).isEqualTo(window.seq()).isBetween(1L << 51, 1L << 52);
      seqs.add(window.seq());
    }
    assertThat(seqs).doesNotHaveDuplicates();
  }

  // A double in Lua prints as 2.2517998136852e+15 unless it is told otherwise: the seq would no
  // longer be 16 digits, and the whole partition void, at the first invalidation.
  @Test
  void seqsStayExactOverManyInvalidations() {
    byte[] partition = node.keys.of("key").partitionKey;
    long start = seq(partition);

    for (int i = 1; i <= 20; i++) {
      node.region.invalidate("key");
      assertThat(seq(partition)).isEqualTo(start + i);
    }
    node.region.clear();
    assertThat(seq(partition)).isEqualTo(start + 21);
  }

  // A node that has not heard of a clear asks for leases in the name of the old floor. Taken at
  // their word, others would replace them, and two would load.
  @Test
  void ofTwoNodesThatMissedAClearOneLoads() throws Exception {
    for (String key : IntStream.range(0, 50).mapToObj(i -> "key-" + i).toList()) {
      jedis.flushAll();
      List<Lookup> answers =
          Together.run(() -> node.region.lookUp(key, LONG), () -> other.region.lookUp(key, LONG));

      assertThat(answers).filteredOn(Lookup.Granted.class::isInstance).hasSize(1);
      assertThat(answers).filteredOn(Lookup.Taken.class::isInstance).hasSize(1);
    }
  }

  private long seq(byte[] partition) {
    return Window.seq(jedis.get(partition));
  }
}
