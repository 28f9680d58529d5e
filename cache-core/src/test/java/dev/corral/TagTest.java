package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.corral.remote.RemoteRegion;
import dev.corral.remote.RemoteStep;
import dev.corral.remote.RemoteStoreException;
import dev.corral.stats.Stat;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values bear tags, and are invalidated by them. */
class TagTest {

  private final Cluster cluster = new Cluster();
  private final AtomicReference<@Nullable String> row = new AtomicReference<>("old");

  @AfterEach
  void close() {
    cluster.close();
  }

  /** Loads the row, and puts a tag on it. */
  private @Nullable String load(Long key, LoadContext<String> context) {
    context.tags("customer:7");
    return row.get();
  }

  @ParameterizedTest
  @EnumSource
  void whatBearsATagIsVoidOnceItIsInvalidated(Tiers tiers) {
    TieredCache<Long, String> cache = tiers.open(cluster);
    cache.get(1L, this::load);
    cache.get(2L, (key, context) -> "without");
    cache.get(3L, (key, context) -> tagged(context, "another", "customer:8"));

    row.set("new");
    cache.invalidateTag("customer:7");

    assertThat(cache.getIfPresent(1L)).isEmpty();
    assertThat(cache.get(1L, this::load)).isEqualTo("new");
    assertThat(cache.getIfPresent(2L)).hasValue("without");
    assertThat(cache.getIfPresent(3L)).hasValue("another");
  }

  @ParameterizedTest
  @EnumSource
  void whatIsLoadedAfterTheInvalidationStays(Tiers tiers) {
    TieredCache<Long, String> cache = tiers.open(cluster);
    cache.get(1L, this::load);
    cache.invalidateTag("customer:7");
    cache.get(1L, this::load);

    assertThat(cache.getIfPresent(1L)).hasValue("old");
    cache.invalidateTag("customer:7");
    assertThat(cache.getIfPresent(1L)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void anyOfSeveralTagsIsEnough(Tiers tiers) {
    TieredCache<Long, String> cache = tiers.open(cluster);
    for (String tag : List.of("a", "b", "c")) {
      cache.get(1L, (key, context) -> tagged(context, "value", "a", "b", "c"));

      cache.invalidateTag(tag);

      assertThat(cache.getIfPresent(1L)).as(tag).isEmpty();
    }
  }

  // The tags of a load are not known before it ends.
  @ParameterizedTest
  @EnumSource
  void aLoadFromBeforeTheInvalidationIsKeptByNobody(Tiers tiers) throws Exception {
    TieredCache<Long, String> cache = tiers.open(cluster);
    HeldLoader old = HeldLoader.returning("old");
    Call<String> leader =
        cluster.call(
            () ->
                cache.get(
                    1L,
                    (key, context) -> {
                      context.tags("customer:7");
                      return old.load(key);
                    }));
    old.awaitCalled();
    cluster.tick();

    cache.invalidateTag("customer:7");
    row.set("new");
    Call<String> later = cluster.call(() -> cache.get(1L, this::load));
    Cluster.awaitJoined(cache, 1);
    old.letGo();

    assertThat(leader.value()).as("asked before").isEqualTo("old");
    assertThat(later.value()).as("asked afterwards").isEqualTo("new");
    assertThat(cache.get(1L, this::load)).isEqualTo("new");
  }

  @ParameterizedTest
  @EnumSource
  void thePolicyTagsWhatIsLoadedPutAndWritten(Tiers tiers) {
    TieredCache<Long, String> cache =
        cluster.open(tiers.options(cluster).tags((key, value) -> List.of("of:" + value)));
    cache.get(1L, key -> "a");
    cache.put(2L, "a");
    cache.write(3L, "a", (key, value) -> row.set(value));
    cache.getAll(List.of(4L, 5L), keys -> Map.of(4L, "a", 5L, "b"));
    List.of(2L, 3L).forEach(key -> cache.get(key, k -> "never"));

    cache.invalidateTag("of:a");

    for (long key = 1; key <= 4; key++) {
      assertThat(cache.get(key, k -> "new")).as("key " + key).isEqualTo("new");
    }
    assertThat(cache.getIfPresent(5L)).hasValue("b");
  }

  @ParameterizedTest
  @EnumSource
  void aConfirmedValueKeepsItsTags(Tiers tiers) {
    TieredCache<Long, String> cache = tiers.open(cluster);
    cache.get(1L, this::load);
    cluster.tick();
    cache.get(1L, Duration.ZERO, (key, context) -> context.notModified());

    row.set("new");
    cache.invalidateTag("customer:7");

    assertThat(cache.get(1L, this::load)).isEqualTo("new");
  }

  @ParameterizedTest
  @EnumSource
  void absenceBearsTagsToo(Tiers tiers) {
    TieredCache<Long, String> cache =
        cluster.open(tiers.options(cluster).absentFor(Duration.ofMinutes(1)));
    row.set(null);
    assertThat(cache.get(1L, this::load)).isNull();

    row.set("new");
    cache.invalidateTag("customer:7");

    assertThat(cache.get(1L, this::load)).isEqualTo("new");
  }

  @Test
  void otherNodesAreToldAndWhatTheRemoteTierHoldsIsVoid() {
    TieredCache<Long, String> here = cluster.node();
    TieredCache<Long, String> there = cluster.node();
    TieredCache<Long, String> third = cluster.node();
    here.get(1L, this::load);
    there.get(1L, this::load);

    row.set("new");
    here.invalidateTag("customer:7");

    assertThat(there.getIfPresent(1L)).isEmpty();
    assertThat(third.get(1L, this::load)).isEqualTo("new");
    assertThat(there.get(1L, key -> "never")).isEqualTo("new");
  }

  @Test
  void aLoadOfAnotherNodeFromBeforeIsVoidThoughItIsPublished() throws Exception {
    TieredCache<Long, String> here = cluster.node();
    TieredCache<Long, String> there = cluster.node();
    HeldLoader old = HeldLoader.returning("old");
    Call<String> leader =
        cluster.call(
            () ->
                there.get(
                    1L,
                    (key, context) -> {
                      context.tags("customer:7");
                      return old.load(key);
                    }));
    old.awaitCalled();
    cluster.tick();
    cluster.server.dropMessages(true);
    here.invalidateTag("customer:7");
    row.set("new");
    Call<String> waiter = cluster.call(() -> here.get(1L, this::load));
    cluster.server.dropMessages(false);
    cluster.awaitSteps(RemoteStep.AWAIT, 1);
    old.letGo();

    assertThat(leader.value()).as("asked before").isEqualTo("old");
    assertThat(waiter.value()).as("asked afterwards").isEqualTo("new");
  }

  @Test
  void aLocalHitAsksNobodyAndARemoteOneAsksOnceMore() {
    TieredCache<Long, String> here = cluster.node();
    TieredCache<Long, String> there = cluster.node();
    here.get(1L, this::load);
    cluster.server.resetCounts();

    here.get(1L, this::load);
    assertThat(cluster.server.countOfAll()).isZero();

    there.get(1L, this::load);
    assertThat(cluster.server.countOf(RemoteStep.LOOK_UP)).isOne();
    assertThat(cluster.server.countOf(RemoteStep.HOLD)).isOne();
    assertThat(cluster.server.countOfAll()).isEqualTo(2);
  }

  @Test
  void aRefreshWhoseTagsCannotBeAskedForLeavesItsRightToOthers() {
    TieredCache<Long, String> here = cluster.node();
    TieredCache<Long, String> there = cluster.node();
    here.get(1L, this::load);
    cluster.tick();
    row.set("new");
    // Of the value that is found first, and of the one to be refreshed.
    cluster.server.before(RemoteStep.HOLD, () -> {});
    cluster.server.before(
        RemoteStep.HOLD,
        () -> {
          throw new RemoteStoreException("away");
        });
    assertThat(here.get(1L, Duration.ZERO, this::load)).isEqualTo("new");
    row.set("newer");
    cluster.tick();

    // Within the lease: time stands still.
    Call<String> other = cluster.call(() -> there.get(1L, Duration.ZERO, this::load));

    assertThat(other.value()).isEqualTo("newer");
  }

  @Test
  void theTagsOfSeveralKeysAreAskedForAtOnce() {
    TieredCache<Long, String> here = cluster.node();
    TieredCache<Long, String> there = cluster.node();
    List<Long> keys = List.of(1L, 2L, 3L);
    keys.forEach(key -> here.get(key, (k, context) -> tagged(context, "v", "t:" + k, "all")));
    cluster.server.resetCounts();

    assertThat(there.getAll(keys, missing -> Map.of())).hasSize(3);
    assertThat(cluster.server.countOfAll()).isEqualTo(2);

    here.invalidateTag("t:2");
    assertThat(there.getAll(keys, missing -> Map.of(2L, "new"))).containsEntry(2L, "new");
  }

  @Test
  void aLostMessageOfATagIsNoticedLikeAnyOther() {
    TieredCache<Long, String> here = cluster.node();
    TieredCache<Long, String> there = cluster.node();
    here.get(1L, this::load);
    cluster.server.dropMessages(true);
    row.set("new");
    there.invalidateTag("customer:7");
    assertThat(here.get(1L, this::load)).as("nobody knows yet").isEqualTo("old");

    cluster.advance(Duration.ofSeconds(2));

    assertThat(here.get(1L, this::load)).isEqualTo("new");
  }

  @Test
  void aLostMessageOfAnotherTagCostsOneCheck() {
    TieredCache<Long, String> here = cluster.node();
    TieredCache<Long, String> there = cluster.node();
    here.get(1L, this::load);
    String neighbour =
        IntStream.range(0, 10_000)
            .mapToObj(i -> "neighbour:" + i)
            .filter(tag -> RemoteRegion.partitionOf(tag) == RemoteRegion.partitionOf("customer:7"))
            .findFirst()
            .orElseThrow();
    cluster.server.dropMessages(true);
    there.invalidateTag(neighbour);
    cluster.advance(Duration.ofSeconds(2));
    cluster.server.resetCounts();

    assertThat(here.get(1L, (key, context) -> "never")).isEqualTo("old");
    assertThat(here.get(1L, (key, context) -> "never")).isEqualTo("old");

    assertThat(cluster.server.countOf(RemoteStep.REVALIDATE)).isOne();
    assertThat(cluster.server.countOf(RemoteStep.HOLD)).isOne();
    assertThat(cluster.server.countOfAll()).isEqualTo(2);
  }

  @Test
  void aTagThatDoesNotArriveIsVoidHereAndDeliveredLater() {
    TieredCache<Long, String> here = cluster.node();
    TieredCache<Long, String> there = cluster.node();
    there.get(1L, this::load);
    here.get(1L, this::load);
    cluster.server.fail(true);
    row.set("new");
    here.invalidateTag("customer:7");
    assertThat(here.pendingInvalidations()).isOne();
    assertThat(here.get(1L, this::load)).isEqualTo("new");
    cluster.server.fail(false);

    cluster.advance(Duration.ofSeconds(1));

    assertThat(here.pendingInvalidations()).isZero();
    assertThat(there.get(1L, this::load)).isEqualTo("new");
  }

  @Test
  void aLoadFromBeforeAnUndeliveredTagIsNotPublished() {
    TieredCache<Long, String> here = cluster.node();
    TieredCache<Long, String> there = cluster.node();
    here.get(
        1L,
        (key, context) -> {
          context.tags("customer:7");
          cluster.server.failNext(1);
          here.invalidateTag("customer:7");
          return "old";
        });
    row.set("new");

    assertThat(cluster.server.countOf(RemoteStep.PUBLISH)).isZero();
    assertThat(there.get(1L, this::load)).isEqualTo("new");
    assertThat(here.get(1L, this::load)).isEqualTo("new");
  }

  @Test
  void whoWantsToKnowIsToldThatATagDidNotArrive() {
    TieredCache<Long, String> cache =
        cluster.open(cluster.shared().onUndelivered(Undelivered.THROW));
    cluster.server.failNext(1);

    assertThatExceptionOfType(UndeliveredException.class)
        .isThrownBy(() -> cache.invalidateTag("customer:7"));
  }

  @Test
  void theListenerIsToldOfATagWhereItComesFrom() {
    RecordedListener listener = new RecordedListener();
    TieredCache<Long, String> here = cluster.open(cluster.shared().listener(listener));
    TieredCache<Long, String> there = cluster.node();

    here.invalidateTag("a");
    there.invalidateTag("b");

    assertThat(listener.news())
        .containsExactly("tagInvalidated a LOCAL", "tagInvalidated b REMOTE");
    assertThat(here.stats().get(Stat.INVALIDATION_SENT)).isOne();
    assertThat(here.stats().get(Stat.INVALIDATION_RECEIVED)).isOne();
  }

  @ParameterizedTest
  @EnumSource
  void whatCanBeNoTagIsRefused(Tiers tiers) {
    TieredCache<Long, String> cache = tiers.open(cluster);

    assertThatIllegalArgumentException().isThrownBy(() -> cache.invalidateTag(""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cache.invalidateTag("x".repeat(257)))
        .withMessageContaining("256 bytes");
    assertThatExceptionOfType(LoadFailedException.class)
        .isThrownBy(() -> cache.get(1L, (key, context) -> tagged(context, "v", "")))
        .withCauseInstanceOf(IllegalArgumentException.class);
    assertThatExceptionOfType(LoadFailedException.class)
        .isThrownBy(() -> cache.get(2L, (key, context) -> tagged(context, "v", many())))
        .withMessageContaining("64 tags");
  }

  @ParameterizedTest
  @EnumSource
  void aPolicyThatGivesNoTagsWritesNothing(Tiers tiers) {
    TieredCache<Long, String> cache =
        cluster.open(tiers.options(cluster).tags((key, value) -> Collections.singleton("")));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> cache.write(1L, "new", (key, value) -> row.set(value)));
    assertThatIllegalArgumentException().isThrownBy(() -> cache.put(1L, "new"));

    assertThat(row).hasValue("old");
  }

  private static String[] many() {
    return IntStream.range(0, 65).mapToObj(i -> "tag-" + i).toArray(String[]::new);
  }

  private static String tagged(LoadContext<String> context, String value, String... tags) {
    context.tags(tags);
    return value;
  }
}
