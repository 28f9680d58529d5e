package dev.corral;

import static dev.corral.TestCluster.FRESH;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.codec.BytesCodec;
import dev.corral.codec.DeflateCodec;
import dev.corral.codec.StringCodec;
import dev.corral.remote.RemoteRegion;
import dev.corral.remote.RemoteStep;
import dev.corral.stats.Stat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is larger than the limit is neither read nor given to others, and nobody waits for it. */
class LargeValueTest {

  private static final int LIMIT = 1_000;
  private static final String SMALL = "a".repeat(900);
  private static final String LARGE = "a".repeat(1_000);

  private final TestCluster one = new TestCluster();
  private final TestOrigin origin = one.origin;
  private final Cluster many = new Cluster();

  @AfterEach
  void close() {
    many.close();
  }

  private TieredCache<Long, String> node() {
    return one.node().maximumValueBytes(LIMIT).build();
  }

  @Test
  void aLargeValueIsServedAndHeldButNotShared() {
    var cache = node();
    origin.set(1, LARGE);

    assertThat(cache.get(1L, origin)).isEqualTo(LARGE);
    assertThat(cache.get(1L, origin)).isEqualTo(LARGE);

    assertThat(origin.loads()).isOne();
    assertThat(cache.stats().get(Stat.UNSHARED)).isOne();
    assertThat(one.server.countOf(RemoteStep.PUBLISH)).isZero();
    assertThat(node().get(1L, origin)).isEqualTo(LARGE);
    assertThat(origin.loads()).isEqualTo(2);
  }

  @Test
  void theLimitIsOneOfAllBytesOfAnEntry() {
    var cache = node();
    origin.set(1, SMALL).set(2, "a".repeat(LIMIT - 60)).set(3, "a".repeat(LIMIT - 30));

    cache.get(1L, origin);
    cache.get(2L, origin);
    assertThat(cache.stats().get(Stat.UNSHARED)).isZero();

    cache.get(3L, origin);
    assertThat(cache.stats().get(Stat.UNSHARED)).isOne();
  }

  @Test
  void amongSeveralKeysTheLargeOnesAreNotShared() {
    origin.set(1, LARGE).set(2, SMALL);

    assertThat(node().getAll(List.of(1L, 2L), origin))
        .containsExactly(Map.entry(1L, LARGE), Map.entry(2L, SMALL));

    node().getAll(List.of(1L, 2L), origin);
    assertThat(origin.asked()).last().isEqualTo(Set.of(1L));
  }

  @Test
  void whatIsFoundLargeIsNotReadButReplaced() {
    origin.set(1, LARGE);
    one.node().build().get(1L, origin);
    var cache = node();

    assertThat(cache.get(1L, origin.set(1, SMALL))).isEqualTo(SMALL);

    assertThat(cache.stats().get(Stat.MALFORMED)).isOne();
    assertThat(one.server.countOf(RemoteStep.REPLACE)).isOne();
    assertThat(node().get(1L, origin)).isEqualTo(SMALL);
    assertThat(origin.loads()).isEqualTo(2);
  }

  @Test
  void aBombIsReplaced() {
    byte[] bomb =
        EntryFormat.encode(
            StoredEntry.value(
                FRESH.toMillis(),
                0,
                0,
                DeflateCodec.of(BytesCodec.asIs())
                    .maximumBytes(64 << 20)
                    .encode(new byte[64 << 20])),
            "1",
            EntryFormat.codecMark("utf-8+deflate"));
    try (RemoteRegion region = one.server.newNode().open("products", new DeafNode())) {
      region.put("1", bomb, FRESH);
    }
    var cache =
        one.alone().remote(one.server.newNode(), DeflateCodec.of(StringCodec.utf8())).build();

    assertThat(bomb).hasSizeLessThan(100_000);
    assertThat(cache.get(1L, origin.set(1, "a"))).isEqualTo("a");
    assertThat(cache.stats().get(Stat.MALFORMED)).isOne();
  }

  @Test
  void aPutOfALargeValueVoidsTheOldOneAndTheNextGetLoads() {
    var cache = node();
    var other = node();
    cache.get(1L, origin.set(1, "old"));
    other.get(1L, origin);

    cache.put(1L, LARGE);

    origin.set(1, LARGE);
    assertThat(cache.get(1L, origin)).isEqualTo(LARGE);
    assertThat(other.get(1L, origin)).isEqualTo(LARGE);
    assertThat(cache.stats().get(Stat.UNSHARED)).isEqualTo(2);
  }

  @Test
  void aWriteOfALargeValueReachesTheOriginAndVoidsTheOldOne() {
    var cache = node();
    var other = node();
    cache.get(1L, origin.set(1, "old"));
    other.get(1L, origin);

    cache.write(1L, LARGE, origin::set);

    assertThat(cache.get(1L, origin)).isEqualTo(LARGE);
    assertThat(other.get(1L, origin)).isEqualTo(LARGE);
  }

  @Test
  void aRefreshThatBringsALargeValueLeavesTheOldOneForItsTime() {
    var cache = node();
    cache.get(1L, origin.set(1, "old"));
    one.advance(FRESH);

    assertThat(cache.get(1L, origin.set(1, LARGE))).isEqualTo("old");
    assertThat(cache.get(1L, origin)).isEqualTo(LARGE);

    assertThat(node().get(1L, key -> "never")).isEqualTo("old");
  }

  @Test
  void allWhoWaitForALargeValueLoadItAtOnceAndNotOneAfterTheOther() throws Exception {
    var first = many.open(many.shared().maximumValueBytes(LIMIT));
    many.noteRegistrations();
    HeldLoader leads = HeldLoader.returning(LARGE);
    Call<String> leader = many.call(() -> first.get(1L, leads));
    leads.awaitCalled();
    HeldLoader own = HeldLoader.returning(LARGE);
    List<Call<String>> waiters =
        IntStream.range(0, 3)
            .mapToObj(i -> many.open(many.shared().maximumValueBytes(LIMIT)))
            .map(node -> many.call(() -> node.get(1L, own)))
            .toList();
    many.awaitRegistered(3);

    leads.letGo();

    assertThat(leader.value()).isEqualTo(LARGE);
    own.awaitCalled().awaitCalled().awaitCalled(); // none of them has ended yet
    own.letGo();
    assertThat(waiters).allSatisfy(call -> assertThat(call.value()).isEqualTo(LARGE));
    assertThat(own.calls()).isEqualTo(3);
  }

  @Test
  void whoWaitsForALargeValueThatWasToldInVainLooksAgain() throws Exception {
    var first = many.open(many.shared().maximumValueBytes(LIMIT));
    var second = many.open(many.shared().maximumValueBytes(LIMIT));
    many.noteRegistrations();
    HeldLoader leads = HeldLoader.returning(LARGE);
    Call<String> leader = many.call(() -> first.get(1L, leads));
    leads.awaitCalled();
    Call<String> waiter = many.call(() -> second.get(1L, key -> LARGE));
    many.awaitRegistered(1);
    many.server.dropMessages(true);

    leads.letGo();

    assertThat(leader.value()).isEqualTo(LARGE);
    assertThat(waiter.value()).isEqualTo(LARGE);
  }

  @Test
  void aMessageThatIsTooLargeIsNotReadEither() throws Exception {
    var first = many.open(many.shared());
    var second = many.open(many.shared().maximumValueBytes(LIMIT));
    many.noteRegistrations();
    HeldLoader leads = HeldLoader.returning(LARGE);
    Call<String> leader = many.call(() -> first.get(1L, leads));
    leads.awaitCalled();
    Call<String> waiter = many.call(() -> second.get(1L, key -> "own"));
    many.awaitRegistered(1);

    leads.letGo();

    assertThat(leader.value()).isEqualTo(LARGE);
    assertThat(waiter.value()).isEqualTo("own");
    assertThat(second.stats().get(Stat.MALFORMED)).isPositive();
    assertThat(LARGE.getBytes(UTF_8)).hasSize(LIMIT);
  }
}
