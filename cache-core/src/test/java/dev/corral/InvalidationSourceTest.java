package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.corral.codec.StringCodec;
import dev.corral.remote.RemoteStep;
import dev.corral.stats.Stat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvalidationSourceTest {

  private final TestCluster cluster = new TestCluster();
  private final TestOrigin origin = cluster.origin.set(1, "a").set(2, "b");
  private final TestSource source = new TestSource();
  private final RecordedListener listener = new RecordedListener();

  /** A feed of which the test says what comes, and how it fails. */
  private static final class TestSource implements InvalidationSource<Long> {

    private final List<InvalidationSink<Long>> sinks = new ArrayList<>();
    private Consumer<InvalidationSink<Long>> beginning = sink -> {};
    private Consumer<InvalidationSink<Long>> end = sink -> {};
    private @Nullable Exception refusal;
    private @Nullable Exception failure;
    private int closings;

    InvalidationSink<Long> sink() {
      return sinks.get(0);
    }

    @Override
    public AutoCloseable subscribe(InvalidationSink<Long> sink) throws Exception {
      sinks.add(sink);
      beginning.accept(sink);
      if (refusal != null) {
        throw refusal;
      }
      return () -> {
        closings++;
        end.accept(sink);
        if (failure != null) {
          throw failure;
        }
      };
    }

    @Override
    public String toString() {
      return "the test's feed";
    }
  }

  private TieredCache<Long, String> filled(CacheBuilder<Long, String> options) {
    var cache = options.build();
    cache.getAll(List.of(1L, 2L), origin);
    return cache;
  }

  @Test
  void aReportDropsAKeyEverywhere() {
    assertDroppedEverywhere(sink -> sink.invalidate(1L), RemoteStep.INVALIDATE);

    assertThat(listener.news())
        .contains("invalidated 1 SOURCE")
        .doesNotContain("invalidated 2 SOURCE");
  }

  @Test
  void aReportDropsSeveralKeysEverywhere() {
    assertDroppedEverywhere(
        sink -> sink.invalidateAll(List.of(1L, 2L, 1L)), RemoteStep.INVALIDATE_ALL);

    assertThat(listener.news()).contains("invalidated 1 SOURCE", "invalidated 2 SOURCE");
  }

  @Test
  void aReportDropsAllKeysEverywhere() {
    assertDroppedEverywhere(InvalidationSink::invalidateAll, RemoteStep.CLEAR);

    assertThat(listener.news()).contains("invalidatedAll SOURCE");
  }

  private void assertDroppedEverywhere(Consumer<InvalidationSink<Long>> report, RemoteStep step) {
    var fed = filled(cluster.node().invalidatedBy(source).listener(listener));
    var other = filled(cluster.node());
    cluster.server.resetCounts();

    report.accept(source.sink());

    assertThat(cluster.server.countOf(step)).isOne();
    assertThat(cluster.server.countOfAll()).isOne();
    assertThat(fed.getIfPresent(1L)).isEmpty();
    assertThat(other.getIfPresent(1L)).isEmpty();
    assertThat(other.get(1L, origin.set(1, "new"))).isEqualTo("new");
    assertThat(fed.get(1L, origin)).isEqualTo("new");
  }

  @Test
  void aCacheWithoutARemoteTierIsFedToo() {
    var cache = filled(cluster.alone().invalidatedBy(source).listener(listener));

    source.sink().invalidate(1L);

    assertThat(cache.getIfPresent(1L)).isEmpty();
    assertThat(cache.getIfPresent(2L)).isPresent();
    source.sink().invalidateAll();
    assertThat(cache.estimatedSize()).isZero();
    assertThat(listener.news()).contains("invalidated 1 SOURCE", "invalidatedAll SOURCE");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLoadThatIsUnderWayIsNotKept(boolean shared) {
    var cache = (shared ? cluster.node() : cluster.alone()).invalidatedBy(source).build();

    cache.get(
        1L,
        key -> {
          source.sink().invalidate(key);
          return "old";
        });

    assertThat(cache.getIfPresent(1L)).isEmpty();
    assertThat(cache.get(1L, origin)).isEqualTo("a");
  }

  @Test
  void callsOnTheCacheAreStillToldAsItsOwn() {
    var cache = filled(cluster.node().invalidatedBy(source).listener(listener));
    listener.news();

    cache.invalidate(1L);
    cache.invalidateAll();

    assertThat(listener.news()).containsExactly("invalidated 1 LOCAL", "invalidatedAll LOCAL");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTagThatIsReportedIsVoidAndToldAsFromTheSource(boolean shared) {
    var listener = new RecordedListener();
    var cache =
        (shared ? cluster.node() : cluster.alone())
            .tags((key, value) -> List.of("tag:" + key))
            .listener(listener)
            .invalidatedBy(source)
            .build();
    cache.get(1L, key -> "a");
    cache.get(2L, key -> "b");
    listener.news();

    source.sink().invalidateTag("tag:1");

    assertThat(cache.getIfPresent(1L)).isEmpty();
    assertThat(cache.getIfPresent(2L)).isPresent();
    assertThat(listener.news()).containsExactly("tagInvalidated tag:1 SOURCE");
    assertThat(cache.stats().get(Stat.INVALIDATION_SENT)).isOne();
    cache.close();
    source.sink().invalidateTag("tag:2");
    assertThatIllegalArgumentException().isThrownBy(() -> source.sink().invalidateTag(""));
  }

  @Test
  void aReportCountsAsAnInvalidation() {
    var cache = cluster.node().invalidatedBy(source).build();

    source.sink().invalidate(1L);
    source.sink().invalidateAll(List.of(1L, 2L));
    source.sink().invalidateAll();
    source.sink().invalidateAll(List.of());

    assertThat(cache.stats().get(Stat.INVALIDATION_SENT)).isEqualTo(4);
  }

  @Test
  @SuppressWarnings("NullAway") // that is what the test is about
  void nullIsNoKeyAndNoSource() {
    var options = cluster.node().invalidatedBy(source);
    options.build();

    assertThatNullPointerException().isThrownBy(() -> source.sink().invalidate(null));
    assertThatNullPointerException()
        .isThrownBy(() -> source.sink().invalidateAll(Arrays.asList(1L, null)));
    assertThatNullPointerException()
        .isThrownBy(() -> options.invalidatedBy(null))
        .withMessage("invalidatedBy");
  }

  @Test
  void aSourceMayReportBeforeItsSubscriptionStands() {
    var other = filled(cluster.node());
    source.beginning = InvalidationSink::invalidateAll;

    cluster.node().invalidatedBy(source).build();

    assertThat(other.estimatedSize()).isZero();
  }

  @Test
  void aCacheMayHaveSeveralSourcesAndASourceSeveralCaches() {
    TestSource second = new TestSource();
    var options = cluster.node().invalidatedBy(source).invalidatedBy(second);
    var first = filled(options);
    var twin = options.build();

    second.sink().invalidate(1L);
    source.sink().invalidate(2L);

    assertThat(first.estimatedSize()).isZero();
    assertThat(source.sinks).hasSize(2);
    twin.close();
    assertThat(source.closings).isOne();
    assertThat(second.closings).isOne();
  }

  @Test
  void anInvalidationThatTheRemoteTierDoesNotTakeIsKept() {
    var cache = filled(cluster.node().invalidatedBy(source));
    cluster.server.failNext(1);

    source.sink().invalidate(1L);

    assertThat(cache.pendingInvalidations()).isOne();
    assertThat(cache.get(1L, origin.set(1, "new"))).isEqualTo("new");
    assertThat(cache.pendingInvalidations()).isZero();
  }

  @Test
  void aSourceIsToldOfItIfThatWasAskedFor() {
    filled(cluster.node().invalidatedBy(source).onUndelivered(Undelivered.THROW));
    cluster.server.failNext(3);

    assertThatExceptionOfType(UndeliveredException.class)
        .isThrownBy(() -> source.sink().invalidate(1L));
    assertThatExceptionOfType(UndeliveredException.class)
        .isThrownBy(() -> source.sink().invalidateAll(List.of(1L, 2L)));
    assertThatExceptionOfType(UndeliveredException.class)
        .isThrownBy(() -> source.sink().invalidateAll());
  }

  @Test
  void theSubscriptionEndsWithTheCacheAndOnlyOnce() {
    var cache = cluster.node().invalidatedBy(source).build();
    assertThat(source.closings).isZero();

    cache.close();
    cache.close();

    assertThat(source.closings).isOne();
  }

  @Test
  void whatIsReportedWhileTheCacheClosesStillReachesTheOthers() {
    var other = filled(cluster.node());
    source.end = sink -> sink.invalidate(1L);

    cluster.node().invalidatedBy(source).build().close();

    assertThat(other.getIfPresent(1L)).isEmpty();
    assertThat(cluster.node().build().get(1L, origin.set(1, "new"))).isEqualTo("new");
  }

  @Test
  void whatIsReportedToAClosedCacheIsIgnored() {
    cluster.node().invalidatedBy(source).listener(listener).build().close();
    listener.news();
    cluster.server.resetCounts();

    source.sink().invalidate(1L);
    source.sink().invalidateAll(List.of(1L, 2L));
    source.sink().invalidateAll();

    assertThat(cluster.server.countOfAll()).isZero();
    assertThat(listener.news()).isEmpty();
  }

  @Test
  void aSourceThatCannotBeHadFailsTheBuildAndLeavesNothingOpen() {
    IOException refusal = new IOException("no such feed");
    TestSource refusing = new TestSource();
    refusing.refusal = refusal;
    var options =
        TieredCache.<Long, String>builder("refused")
            .freshFor(TestCluster.FRESH)
            .remote(cluster.server.newNode(), StringCodec.utf8())
            .listener(listener)
            .invalidatedBy(source)
            .invalidatedBy(refusing);

    assertThatIllegalStateException()
        .isThrownBy(options::build)
        .withMessage("Cache refused cannot subscribe to the test's feed")
        .withCause(refusal);

    assertThat(source.closings).isOne();
    assertThat(refusing.closings).isZero();
    Awaitility.await().until(() -> CloseTest.threadsOf("corral-refused").isEmpty());
    assertNobodyListens();
  }

  /** That the region of the cache that was not built has been closed. */
  private void assertNobodyListens() {
    listener.news();
    var other =
        TieredCache.<Long, String>builder("refused")
            .freshFor(TestCluster.FRESH)
            .scheduler(cluster.scheduler)
            .remote(cluster.server.newNode(), StringCodec.utf8())
            .build();
    other.invalidate(1L);
    assertThat(listener.news()).isEmpty();
    cluster.server.resetCounts();
    source.sink().invalidate(1L);
    assertThat(cluster.server.countOfAll()).isZero();
  }

  @Test
  void whatFailsToCloseThenIsTold() {
    TestSource refusing = new TestSource();
    refusing.refusal = new IOException("no such feed");
    source.failure = new IOException("no way out");

    assertThatIllegalStateException()
        .isThrownBy(cluster.node().invalidatedBy(source).invalidatedBy(refusing)::build)
        .withMessage("Cache products cannot subscribe to the test's feed")
        .satisfies(
            e ->
                assertThat(e.getSuppressed())
                    .singleElement()
                    .satisfies(more -> assertThat(more).hasRootCause(source.failure)));
  }

  @Test
  @SuppressWarnings("NullAway") // that is what the test is about
  void aSourceWithoutASubscriptionIsRefused() {
    assertThatIllegalStateException()
        .isThrownBy(cluster.node().invalidatedBy(sink -> null)::build)
        .withRootCauseInstanceOf(NullPointerException.class);
  }

  @Test
  void aSubscriberThatWasInterruptedStaysSo() {
    source.refusal = new InterruptedException();

    assertThatIllegalStateException()
        .isThrownBy(cluster.node().invalidatedBy(source)::build)
        .withCause(source.refusal);

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aSourceThatCannotBeLeftDoesNotKeepTheRestOpen() {
    TestSource second = new TestSource();
    source.failure = new IOException("no way out");
    var cache = filled(cluster.node().invalidatedBy(source).invalidatedBy(second));

    assertThatIllegalStateException()
        .isThrownBy(cache::close)
        .withMessage("Cache products cannot end its subscription to the test's feed")
        .withCause(Objects.requireNonNull(source.failure));

    assertThat(second.closings).isOne();
    assertThat(cache.estimatedSize()).isZero();
    assertThatIllegalStateException().isThrownBy(() -> cache.get(1L, origin));
    cluster.server.resetCounts();
    source.sink().invalidate(1L);
    assertThat(cluster.server.countOfAll()).isZero();
  }
}
