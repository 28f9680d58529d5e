package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.corral.origin.Origin;
import dev.corral.origin.Retries;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DisabledCacheTest {

  private final TieredCache<Long, String> cache = TieredCache.disabled("products");
  private final TestCluster cluster = new TestCluster();
  private final AtomicInteger loads = new AtomicInteger();

  @AfterEach
  void close() {
    cache.close();
  }

  private String load(Long key) {
    return key + "#" + loads.incrementAndGet();
  }

  @Test
  void eachGetLoads() {
    assertThat(cache.get(1L, this::load)).isEqualTo("1#1");
    assertThat(cache.get(1L, this::load)).isEqualTo("1#2");
    assertThat(cache.get(1L, Duration.ofDays(1), this::load)).isEqualTo("1#3");
    assertThat(cache.getAsync(1L, this::load).join()).isEqualTo("1#4");
    assertThat(cache.refresh(1L, this::load).join()).isEqualTo("1#5");
    assertThat(cache.get(1L, (key, context) -> load(key))).isEqualTo("1#6");
    assertThat(cache.getIfPresent(1L)).isEmpty();
    assertThat(cache.estimatedSize()).isZero();
  }

  @Test
  void whatALoaderAsksToBeKeptIsNot() {
    cache.get(
        1L,
        (key, context) -> {
          context.freshFor(Duration.ofDays(1));
          return load(key);
        });

    assertThat(cache.get(1L, this::load)).isEqualTo("1#2");
  }

  @Test
  void severalKeysAreLoadedInOneCallEachTime() {
    List<Set<Long>> calls = new ArrayList<>();
    BulkLoader<Long, String> loader =
        keys -> {
          calls.add(Set.copyOf(keys));
          return Map.of(1L, "a");
        };

    assertThat(cache.getAll(List.of(1L, 2L, 1L), loader)).isEqualTo(Map.of(1L, "a"));
    assertThat(cache.getAll(List.of(1L, 2L), loader)).isEqualTo(Map.of(1L, "a"));

    assertThat(calls).containsExactly(Set.of(1L, 2L), Set.of(1L, 2L));
  }

  @Test
  void nobodyWaitsForTheLoadOfAnother() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    Loader<Long, String> loader =
        key -> {
          both.await(Call.PATIENCE.toSeconds(), TimeUnit.SECONDS);
          return "v";
        };
    Call<String> first = Call.start(() -> cache.get(1L, loader));

    assertThat(cache.get(1L, loader)).isEqualTo("v");

    assertThat(first.value()).isEqualTo("v");
  }

  @Test
  void absentValuesAreNull() {
    assertThat(cache.get(1L, key -> null)).isNull();
  }

  @Test
  void aFailureIsThrownAsEverAndNotRemembered() {
    Loader<Long, String> failing =
        key -> {
          throw new IOException("down " + loads.incrementAndGet());
        };

    for (int i = 1; i <= 2; i++) {
      assertThatExceptionOfType(LoadFailedException.class)
          .isThrownBy(() -> cache.get(1L, failing))
          .havingCause()
          .withMessage("down " + i);
    }
    assertThatExceptionOfType(LoadFailedException.class)
        .isThrownBy(
            () ->
                cache.getAll(
                    List.of(1L),
                    keys -> {
                      throw new IOException("down");
                    }));
  }

  @Test
  @SuppressWarnings("NullAway") // what it is about
  void whatIsRefusedElsewhereIsRefusedHere() {
    assertThatNullPointerException().isThrownBy(() -> cache.get(null, this::load));
    assertThatNullPointerException().isThrownBy(() -> cache.put(1L, null));
    assertThatIllegalArgumentException().isThrownBy(() -> TieredCache.disabled("no spaces"));
    assertThatIllegalStateException()
        .isThrownBy(() -> TieredCache.<Long, String>builder("p").disabled(true).build())
        .withMessageContaining("freshFor");
    assertThatIllegalStateException().isThrownBy(() -> cache.invalidate(1L, 5));
  }

  @Test
  void writersRunAndNothingOfThemIsHeld() {
    List<String> written = new ArrayList<>();

    cache.write(1L, "a", (key, value) -> written.add(value));
    cache.change(1L, () -> written.add("b"));
    cache.put(1L, "c");
    cache.invalidate(1L);
    cache.invalidateAll();
    cache.invalidateTag("tag");

    assertThat(written).containsExactly("a", "b");
    assertThat(cache.getIfPresent(1L)).isEmpty();
    assertThat(cache.get(1L, this::load)).isEqualTo("1#1");
  }

  @Test
  void aClosedOneLoadsNothing() {
    cache.close();

    assertThatIllegalStateException().isThrownBy(() -> cache.get(1L, this::load));
  }

  @Test
  void theLimitsOfTheOriginHold() {
    Origin origin = Origin.named("db").retries(Retries.upTo(1).on(IOException.class)).build();
    TieredCache<Long, String> off = cluster.alone().disabled(true).origin(origin).build();

    assertThat(
            off.get(
                1L,
                key -> {
                  if (loads.incrementAndGet() == 1) {
                    throw new IOException("once");
                  }
                  return "v";
                }))
        .isEqualTo("v");
  }

  @Test
  void theOtherNodesAreToldWhatThisOneInvalidates() {
    TieredCache<Long, String> on = cluster.node().build();
    TieredCache<Long, String> off = cluster.node().disabled(true).build();
    on.get(1L, this::load);

    assertThat(off.get(1L, this::load)).as("what others hold is not asked for").isEqualTo("1#2");
    off.invalidate(1L);

    assertThat(on.get(1L, this::load)).isEqualTo("1#3");
    off.put(1L, "put");
    assertThat(on.getIfPresent(1L)).isEmpty();
    assertThat(on.get(1L, this::load)).isEqualTo("1#4");
  }
}
