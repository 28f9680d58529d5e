package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.corral.codec.Codec;
import dev.corral.codec.CodecException;
import dev.corral.codec.StringCodec;
import dev.corral.remote.RemoteStep;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Changes of the origin that run through the cache. */
class WriteTest {

  private final Cluster cluster = new Cluster();
  private final AtomicReference<String> row = new AtomicReference<>("old");

  @AfterEach
  void close() {
    cluster.close();
  }

  private @Nullable String load(Long key) {
    return row.get();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsWrittenIsInTheOriginAndInTheCache(Tiers tiers) {
    TieredCache<Long, String> cache = tiers.open(cluster);
    cache.get(1L, this::load);

    cache.write(1L, "new", (key, value) -> row.set(value));

    assertThat(row).hasValue("new");
    assertThat(cache.get(1L, key -> "never")).isEqualTo("new");
  }

  @ParameterizedTest
  @EnumSource
  void afterAChangeTheKeyIsLoadedAnew(Tiers tiers) {
    TieredCache<Long, String> cache = tiers.open(cluster);
    cache.get(1L, this::load);

    cache.change(1L, () -> row.set("new"));

    assertThat(cache.getIfPresent(1L)).isEmpty();
    assertThat(cache.get(1L, this::load)).isEqualTo("new");
  }

  @ParameterizedTest
  @EnumSource
  void aWriterThatThrowsIsToldAsItIsAndLeavesNothingOldBehind(Tiers tiers) {
    TieredCache<Long, String> cache = tiers.open(cluster);
    cache.get(1L, this::load);
    IOException down = new IOException("after the commit");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () ->
                cache.write(
                    1L,
                    "new",
                    (key, value) -> {
                      row.set(value);
                      throw down;
                    }))
        .isSameAs(down);

    assertThat(cache.getIfPresent(1L)).isEmpty();
    assertThat(cache.get(1L, this::load)).isEqualTo("new");
  }

  @ParameterizedTest
  @EnumSource
  void aChangeThatThrowsLeavesNothingOldBehind(Tiers tiers) {
    TieredCache<Long, String> cache = tiers.open(cluster);
    cache.get(1L, this::load);

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                cache.change(
                    1L,
                    () -> {
                      row.set("new");
                      throw new IllegalStateException("after the commit");
                    }));

    assertThat(cache.get(1L, this::load)).isEqualTo("new");
  }

  @ParameterizedTest
  @EnumSource
  void aLoadFromBeforeAWriteFillsNothing(Tiers tiers) throws Exception {
    TieredCache<Long, String> cache = tiers.open(cluster);
    HeldLoader old = HeldLoader.returning("old");
    Call<String> reader = cluster.call(() -> cache.get(1L, old));
    old.awaitCalled();

    cache.write(1L, "new", (key, value) -> row.set(value));
    assertThat(cluster.call(() -> cache.get(1L, key -> "never")).value()).isEqualTo("new");
    old.letGo();

    assertThat(reader.value()).as("asked before").isEqualTo("old");
    assertThat(cache.get(1L, key -> "never")).isEqualTo("new");
  }

  @ParameterizedTest
  @EnumSource
  void aLoadInTheMiddleOfAWriteOutlivesItNot(Tiers tiers) {
    TieredCache<Long, String> cache = tiers.open(cluster);
    cache.get(1L, this::load);

    cache.change(
        1L,
        () -> {
          // Not committed yet, and read by somebody.
          assertThat(cache.get(1L, this::load)).isEqualTo("old");
          row.set("new");
        });

    assertThat(cache.get(1L, this::load)).isEqualTo("new");
  }

  // The origin takes the first value first, and the cache hears of them in the other order.
  @ParameterizedTest
  @EnumSource
  void ofTwoWritesThatOverlapNeitherValueIsKept(Tiers tiers) throws Exception {
    TieredCache<Long, String> cache = tiers.open(cluster);
    HeldLoader first = HeldLoader.returning("first");
    HeldLoader second = HeldLoader.returning("second");
    Call<String> one = writeAndStay(cache, "first", first);
    first.awaitCalled();
    Call<String> two = writeAndStay(cache, "second", second);
    second.awaitCalled();

    second.letGo();
    two.value();
    first.letGo();
    one.value();

    assertThat(row).hasValue("second");
    assertThat(cache.get(1L, this::load)).isEqualTo("second");
  }

  @ParameterizedTest
  @EnumSource
  void aWriteThatWasInvalidatedKeepsNothing(Tiers tiers) {
    TieredCache<Long, String> cache = tiers.open(cluster);

    cache.write(
        1L,
        "new",
        (key, value) -> {
          row.set(value);
          row.set("newer, by somebody else");
          cache.invalidate(1L);
        });

    assertThat(cache.get(1L, this::load)).isEqualTo("newer, by somebody else");
  }

  @ParameterizedTest
  @EnumSource
  void aWriteDuringAClearKeepsNothing(Tiers tiers) {
    TieredCache<Long, String> cache = tiers.open(cluster);

    cache.write(
        1L,
        "new",
        (key, value) -> {
          row.set("newer, by somebody else");
          cache.invalidateAll();
        });

    assertThat(cache.get(1L, this::load)).isEqualTo("newer, by somebody else");
  }

  @ParameterizedTest
  @EnumSource
  void aWriteThatWasPutOverKeepsNothing(Tiers tiers) {
    TieredCache<Long, String> cache = tiers.open(cluster);

    cache.write(
        1L,
        "new",
        (key, value) -> {
          row.set("put");
          cache.put(1L, "put");
          row.set("who knows");
        });

    assertThat(cache.get(1L, this::load)).isEqualTo("who knows");
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotToBeCachedIsWrittenAndNotHeld(Tiers tiers) {
    TieredCache<Long, String> cache =
        cluster.open(tiersWithout(tiers).freshness((key, value) -> Freshness.uncached()));

    cache.write(1L, "new", (key, value) -> row.set(value));

    assertThat(row).hasValue("new");
    assertThat(cache.getIfPresent(1L)).isEmpty();
  }

  // Or it would wait for its own lease; and others would see what is not committed.
  @ParameterizedTest
  @EnumSource
  void aWriterThatAsksForItsOwnKeyIsServedAloneAndNothingIsKept(Tiers tiers) throws Exception {
    TieredCache<Long, String> cache = tiers.open(cluster);
    HeldLoader uncommitted = HeldLoader.returning("uncommitted");
    Call<String> writer =
        cluster.call(
            () -> {
              AtomicReference<String> seen = new AtomicReference<>();
              cache.change(1L, () -> seen.set(cache.get(1L, uncommitted)));
              return seen.get();
            });
    uncommitted.awaitCalled();
    Call<String> reader = cluster.call(() -> cache.get(1L, this::load));
    // Without others it loads at once; else it waits for the change to end.
    if (tiers == Tiers.ONE) {
      assertThat(reader.value()).isEqualTo("old");
    } else {
      cluster.awaitSteps(RemoteStep.AWAIT, 1);
    }

    uncommitted.letGo();

    assertThat(writer.value()).isEqualTo("uncommitted");
    assertThat(reader.value()).isEqualTo("old");
    assertThat(cache.get(1L, this::load)).isEqualTo("old");
  }

  @ParameterizedTest
  @EnumSource
  void aWriterThatAsksForSeveralKeysIsServedItsOwnAlone(Tiers tiers) {
    TieredCache<Long, String> cache = tiers.open(cluster);

    cache.change(
        1L,
        () ->
            assertThat(cache.getAll(List.of(1L, 2L), keys -> Map.of(1L, "a", 2L, "b")))
                .containsEntry(1L, "a")
                .containsEntry(2L, "b"));

    assertThat(cache.getIfPresent(1L)).isEmpty();
    assertThat(cache.getIfPresent(2L)).hasValue("b");
  }

  @Test
  void otherNodesGetTheNewValueFromTheRemoteTier() {
    TieredCache<Long, String> here = cluster.node();
    TieredCache<Long, String> there = cluster.node();
    there.get(1L, this::load);

    here.write(1L, "new", (key, value) -> row.set(value));

    assertThat(there.get(1L, key -> "never")).isEqualTo("new");
  }

  @Test
  void aWriteTakesTwoRoundTrips() {
    TieredCache<Long, String> cache = cluster.node();

    cache.write(1L, "new", (key, value) -> row.set(value));

    assertThat(cluster.server.countOf(RemoteStep.BEGIN_WRITE)).isOne();
    assertThat(cluster.server.countOf(RemoteStep.END_WRITE)).isOne();
    assertThat(cluster.server.countOfAll()).isEqualTo(2);
  }

  @Test
  void readersOfOtherNodesGetTheOldValueDuringTheWriteButHoldItForTheLeaseAlone() throws Exception {
    TieredCache<Long, String> here = cluster.node();
    TieredCache<Long, String> there = cluster.node();
    there.get(1L, this::load);
    HeldLoader held = HeldLoader.returning("new");
    write(here, "new", held);
    held.awaitCalled();

    assertThat(there.get(1L, key -> "never")).isEqualTo("old");
    // The writer dies, as far as this goes: nobody renews its lease, nobody ends its write.
    cluster.ticker.advance(Duration.ofSeconds(3));

    assertThat(there.getIfPresent(1L)).isEmpty();
  }

  // The stamp is the same, but the remote value has been cut short since.
  @Test
  void aNodeThatMissedTheBeginOfAWriteDoesNotOutliveItsLeaseEither() throws Exception {
    TieredCache<Long, String> here = cluster.node();
    TieredCache<Long, String> there = cluster.node();
    there.get(1L, this::load);
    cluster.server.dropMessages(true);
    HeldLoader held = HeldLoader.returning("new");
    write(here, "new", held);
    held.awaitCalled();

    cluster.advance(Duration.ofMillis(2_100));
    assertThat(there.get(1L, key -> "never")).as("checked").isEqualTo("old");
    cluster.ticker.advance(Duration.ofSeconds(1));

    assertThat(there.getIfPresent(1L)).isEmpty();
  }

  @Test
  void readersWaitForTheWriteIfThereIsNothingOld() throws Exception {
    TieredCache<Long, String> here = cluster.node();
    TieredCache<Long, String> there = cluster.node();
    HeldLoader held = HeldLoader.returning("new");
    Call<String> writer = write(here, "new", held);
    held.awaitCalled();
    Call<String> reader = cluster.call(() -> there.get(1L, key -> "never"));
    cluster.awaitSteps(RemoteStep.AWAIT, 1);

    held.letGo();

    assertThat(writer.value()).isEqualTo("new");
    assertThat(reader.value()).isEqualTo("new");
  }

  @Test
  void aWriteThatLastsKeepsItsLease() throws Exception {
    TieredCache<Long, String> here = cluster.node();
    TieredCache<Long, String> there = cluster.node();
    HeldLoader held = HeldLoader.returning("new");
    Call<String> writer = write(here, "new", held);
    held.awaitCalled();

    cluster.advance(Duration.ofSeconds(8));
    held.letGo();

    assertThat(writer.value()).isEqualTo("new");
    assertThat(there.get(1L, key -> "never")).isEqualTo("new");
  }

  @Test
  void aWriterThatHangsGivesItsLeaseUpAndWhatItWritesIsNotKept() throws Exception {
    TieredCache<Long, String> here = cluster.node();
    TieredCache<Long, String> there = cluster.node();
    HeldLoader held = HeldLoader.returning("new");
    Call<String> writer = write(here, "new", held);
    held.awaitCalled();

    cluster.advance(Duration.ofSeconds(11));
    assertThat(there.get(1L, this::load)).isEqualTo("old");
    held.letGo();
    writer.value();

    assertThat(here.get(1L, this::load)).isEqualTo("new");
    assertThat(there.get(1L, this::load)).isEqualTo("new");
  }

  @Test
  void aValueWithoutBytesIsNotWritten() {
    Codec<String> refusing = new RefusingCodec();
    TieredCache<Long, String> cache =
        cluster.open(cluster.alone().remote(cluster.server.newNode(), refusing));

    assertThatExceptionOfType(CodecException.class)
        .isThrownBy(() -> cache.write(1L, "new", (key, value) -> row.set(value)));

    assertThat(row).hasValue("old");
  }

  @Test
  @SuppressWarnings("NullAway") // that is what the test is about
  void nullIsNoValueAndNoWriter() {
    TieredCache<Long, String> cache = cluster.node();

    assertThatNullPointerException().isThrownBy(() -> cache.write(1L, null, (k, v) -> row.set(v)));
    assertThatNullPointerException().isThrownBy(() -> cache.write(1L, "new", null));
    assertThatNullPointerException().isThrownBy(() -> cache.change(1L, null));
    assertThat(row).hasValue("old");
  }

  @ParameterizedTest
  @EnumSource
  void aClosedCacheRunsNothing(Tiers tiers) {
    TieredCache<Long, String> cache = tiers.open(cluster);
    cache.close();

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> cache.write(1L, "new", (key, value) -> row.set(value)));
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> cache.change(1L, () -> row.set("new")));
    assertThat(row).hasValue("old");
  }

  private CacheBuilder<Long, String> tiersWithout(Tiers tiers) {
    CacheBuilder<Long, String> options =
        TieredCache.<Long, String>builder("test")
            .ticker(cluster.ticker)
            .scheduler(cluster.scheduler);
    return tiers == Tiers.TWO
        ? options.remote(cluster.server.newNode(), StringCodec.utf8())
        : options;
  }

  /** Writes on a thread of its own, once the loader is let go. */
  private Call<String> write(TieredCache<Long, String> cache, String value, HeldLoader held) {
    return write(
        cache,
        value,
        (key, written) -> {
          held.load(key);
          row.set(written);
        });
  }

  /** Writes, and does not come back before the loader is let go. */
  private Call<String> writeAndStay(
      TieredCache<Long, String> cache, String value, HeldLoader held) {
    return write(
        cache,
        value,
        (key, written) -> {
          row.set(written);
          held.load(key);
        });
  }

  private Call<String> write(
      TieredCache<Long, String> cache, String value, Writer<Long, String, Exception> writer) {
    return cluster.call(
        () -> {
          cache.write(1L, value, writer);
          return value;
        });
  }

  private static final class RefusingCodec implements Codec<String> {
    @Override
    public String name() {
      return "refusing";
    }

    @Override
    public byte[] encode(String value) {
      throw new CodecException("no bytes for " + value);
    }

    @Override
    public String decode(byte[] bytes) {
      throw new CodecException("none");
    }
  }
}
