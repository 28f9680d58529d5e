package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.corral.remote.RemoteStep;
import dev.corral.remote.RemoteStoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Invalidations meet a remote tier that is away, and are delivered when it is back. */
class UndeliveredTest {

  private final TestCluster cluster = new TestCluster();
  private final TestOrigin origin = cluster.origin.set(1, "old");
  private final RecordedListener listener = new RecordedListener();
  private final TieredCache<Long, String> here = cluster.node().listener(listener).build();
  private final TieredCache<Long, String> there = cluster.node().build();

  @ParameterizedTest
  @EnumSource
  void whatDoesNotArriveIsDeliveredBeforeTheRemoteTierIsAskedAgain(Write write) {
    here.get(1L, origin);
    cluster.server.fail(true);
    write.strike(here);
    origin.set(1, "new");
    assertThat(here.pendingInvalidations()).isPositive();
    assertThat(here.get(1L, origin)).as("while it is away").isEqualTo("new");
    cluster.server.fail(false);
    here.invalidate(7L); // which does not deliver the others; only a question does
    cluster.advance(Duration.ofSeconds(1));

    assertThat(here.get(2L, key -> "another")).isEqualTo("another");

    assertThat(here.pendingInvalidations()).isZero();
    assertThat(there.get(1L, origin)).isEqualTo("new");
  }

  @ParameterizedTest
  @EnumSource
  void whatDoesNotArriveIsDeliveredThoughNobodyAsksForAnything(Write write) {
    there.get(1L, origin);
    cluster.server.fail(true);
    write.strike(here);
    origin.set(1, "new");
    cluster.server.fail(false);

    cluster.sync();

    assertThat(here.pendingInvalidations()).isZero();
    assertThat(there.getIfPresent(1L)).isEmpty();
    assertThat(there.get(1L, origin)).isEqualTo("new");
  }

  @Test
  void aRemoteTierThatHoldsWhatIsVoidIsNotAsked() {
    there.get(1L, origin);
    cluster.server.failNext(2);
    here.invalidate(1L);
    origin.set(1, "new");

    assertThat(here.get(1L, origin)).as("delivery fails, too").isEqualTo("new");
    assertThat(cluster.server.countOf(RemoteStep.LOOK_UP)).as("the other node's").isOne();
    assertThat(here.pendingInvalidations()).isOne();
  }

  @Test
  void severalKeysAtOnceAreNotAskedForEither() {
    there.getAll(List.of(1L, 2L), origin);
    cluster.server.failNext(2);
    here.invalidate(1L);
    origin.set(1, "new");

    assertThat(here.getAll(List.of(1L, 2L), origin)).containsEntry(1L, "new");
    assertThat(cluster.server.countOf(RemoteStep.LOOK_UP_ALL)).as("the other node's").isOne();
  }

  @Test
  void whileTheRemoteTierIsAwayOnlyOneInAnIntervalTriesToDeliver() {
    cluster.server.fail(true);
    here.invalidate(1L);
    int before = cluster.server.countOfAll();

    LongStream.range(10, 60).forEach(key -> here.get(key, origin));

    assertThat(cluster.server.countOfAll() - before).isOne();
  }

  @Test
  void aLoadFromBeforeIsNotPublishedAfterwards() {
    String value =
        here.get(
            1L,
            key -> {
              cluster.server.failNext(1);
              here.invalidate(1L);
              return "old";
            });

    assertThat(value).as("asked before").isEqualTo("old");
    assertThat(cluster.server.countOf(RemoteStep.PUBLISH)).isZero();
    origin.set(1, "new");
    assertThat(there.get(1L, origin)).isEqualTo("new");
    assertThat(here.get(1L, origin)).isEqualTo("new");
  }

  @Test
  void loadsOfSeveralKeysFromBeforeAreNotPublishedAfterwards() {
    here.getAll(
        List.of(1L, 2L),
        keys -> {
          cluster.server.failNext(1);
          here.invalidate(1L);
          return Map.of(1L, "old", 2L, "kept");
        });
    origin.set(1, "new");

    assertThat(there.get(1L, origin)).isEqualTo("new");
    assertThat(there.get(2L, origin)).isEqualTo("kept");
  }

  @Test
  void tooManyKeysBecomeOneClear() {
    there.get(1L, origin);
    cluster.server.fail(true);
    here.invalidateAll(LongStream.rangeClosed(1, 10_001).boxed().toList());
    origin.set(1, "new");
    assertThat(here.pendingInvalidations()).isOne();
    cluster.server.fail(false);

    cluster.sync();

    assertThat(cluster.server.countOf(RemoteStep.CLEAR)).isOne();
    assertThat(there.get(1L, origin)).isEqualTo("new");
  }

  @Test
  void anAnswerThatWasLostIsNoReasonNotToDeliver() {
    cluster.server.after(
        RemoteStep.INVALIDATE,
        () -> {
          throw new RemoteStoreException("the answer is lost");
        });
    here.invalidate(1L);
    assertThat(here.pendingInvalidations()).isOne();

    cluster.sync();

    assertThat(here.pendingInvalidations()).isZero();
    assertThat(cluster.server.countOf(RemoteStep.INVALIDATE_ALL)).isOne();
  }

  @Test
  void theListenerIsToldWhatIsPendingAndWhenItIsNot() {
    cluster.server.failNext(1);
    here.invalidateAll(List.of(1L, 2L));

    cluster.sync();

    assertThat(listener.news()).contains("invalidationPending [1, 2]", "invalidationsReplayed 2");
  }

  @Test
  void whoWantsToKnowIsToldAndTheDeliveryIsTriedAllTheSame() {
    var cache = cluster.node().onUndelivered(Undelivered.THROW).build();
    there.get(1L, origin);
    cluster.server.failNext(1);
    origin.set(1, "new");

    assertThatExceptionOfType(UndeliveredException.class).isThrownBy(() -> cache.invalidate(1L));

    assertThat(cache.pendingInvalidations()).isOne();
    cluster.sync();
    assertThat(there.get(1L, origin)).isEqualTo("new");
  }

  @Test
  void aChangeWhoseEndDoesNotArriveIsPending() {
    there.get(1L, origin);
    cluster.server.before(
        RemoteStep.INVALIDATE,
        () -> {
          throw new RemoteStoreException("away");
        });

    here.change(1L, () -> origin.set(1, "new"));

    assertThat(here.pendingInvalidations()).isOne();
    cluster.sync();
    assertThat(there.get(1L, origin)).isEqualTo("new");
  }

  @Test
  void aWriterRunsThoughTheRemoteTierIsAwayAndItsKeyIsPending() {
    there.get(1L, origin);
    cluster.server.fail(true);

    here.write(1L, "new", (key, value) -> origin.set(key, value));

    assertThat(here.get(1L, origin)).isEqualTo("new");
    cluster.server.fail(false);
    cluster.sync();
    assertThat(there.get(1L, origin)).isEqualTo("new");
  }

  @Test
  void aWriterThatThrowsIsNotHiddenByWhatIsUndelivered() {
    var cache = cluster.node().onUndelivered(Undelivered.THROW).build();
    cluster.server.fail(true);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () ->
                cache.change(
                    1L,
                    () -> {
                      throw new IOException("down");
                    }));

    assertThat(cache.pendingInvalidations()).isOne();
  }

  @Test
  void whatHasNoRemoteTierHasNothingPending() {
    var alone = cluster.alone().build();
    alone.invalidate(1L);

    assertThat(alone.pendingInvalidations()).isZero();
  }
}
