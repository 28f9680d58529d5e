package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Loaders that use the cache which calls them. */
class OwnKeyTest {

  private final Cluster cluster = new Cluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @ParameterizedTest
  @EnumSource
  void aLoaderThatAsksForItsOwnKeyIsRefused(Tiers tiers) {
    TieredCache<Long, String> cache = tiers.open(cluster);
    Loader<Long, String> self = key -> cache.get(key, other -> "never");

    assertThat(cluster.call(() -> cache.get(1L, self)).failure())
        .isInstanceOf(LoadFailedException.class)
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("own key");
  }

  @ParameterizedTest
  @EnumSource
  void aLoaderThatAsksForItsOwnKeyAmongOthersIsRefused(Tiers tiers) {
    TieredCache<Long, String> cache = tiers.open(cluster);
    Loader<Long, String> self =
        key -> cache.getAll(List.of(2L, 1L), keys -> Map.of(2L, "two")).get(key);

    assertThat(cluster.call(() -> cache.get(1L, self)).failure())
        .isInstanceOf(LoadFailedException.class)
        .cause()
        .isInstanceOf(IllegalStateException.class);
    assertThat(cache.getIfPresent(2L)).as("the other key is there").hasValue("two");
  }

  @ParameterizedTest
  @EnumSource
  void aBulkLoaderThatAsksForOneOfItsKeysIsRefused(Tiers tiers) {
    TieredCache<Long, String> cache = tiers.open(cluster);
    BulkLoader<Long, String> self =
        keys -> {
          cache.get(2L, key -> "never");
          return Map.of();
        };

    Throwable failure = cluster.call(() -> cache.getAll(List.of(1L, 2L), self)).failure();

    assertThat(failure)
        .isInstanceOf(LoadFailedException.class)
        .cause()
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @EnumSource
  void aLoaderMayAskForAnotherKey(Tiers tiers) {
    TieredCache<Long, String> cache = tiers.open(cluster);

    assertThat(cache.get(1L, key -> "1, then " + cache.get(2L, other -> "2")))
        .isEqualTo("1, then 2");
    assertThat(cache.getIfPresent(2L)).hasValue("2");
  }

  @ParameterizedTest
  @EnumSource
  void aLoaderThatInvalidatesItsOwnKeyReturnsItsValueAndLeavesNothingBehind(Tiers tiers) {
    TieredCache<Long, String> cache = tiers.open(cluster);

    String value =
        cache.get(
            1L,
            key -> {
              cache.invalidate(key);
              return "v";
            });

    assertThat(value).isEqualTo("v");
    assertThat(cache.getIfPresent(1L)).isEmpty();
    assertThatThrownBy(
            () ->
                cache.get(
                    1L,
                    key -> {
                      throw new IllegalStateException("asked again");
                    }))
        .hasMessageContaining("asked again");
  }
}
