package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.remote.RemoteStep;
import dev.corral.remote.RemoteStoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The remote tier is changed first and the local one after it: in the other order a reader between
 * the two fills the local tier anew with the old remote value.
 */
class InvalidationOrderTest {

  private final Cluster cluster = new Cluster();
  private final TieredCache<Long, String> cache = cluster.node();

  @AfterEach
  void close() {
    cluster.close();
  }

  @ParameterizedTest
  @EnumSource
  void aReaderJustBeforeTheRemoteStepLeavesNothingOldBehind(Write write) {
    assertThat(cache.get(1L, key -> "old")).isEqualTo("old");
    cluster.server.before(
        write.step(), () -> assertThat(cache.get(1L, key -> "never")).isEqualTo("old"));

    write.strike(cache);

    assertThat(cache.get(1L, key -> "new")).isEqualTo("new");
  }

  @ParameterizedTest
  @EnumSource
  void aReaderBetweenTheRemoteAndTheLocalStepLeavesNothingOldBehind(Write write) {
    assertThat(cache.get(1L, key -> "old")).isEqualTo("old");
    cluster.server.after(
        write.step(), () -> assertThat(cache.get(1L, key -> "new")).isIn("old", "new"));

    write.strike(cache);

    assertThat(cache.get(1L, key -> "new")).isEqualTo("new");
  }

  @ParameterizedTest
  @EnumSource
  void aReaderWhoLookedTheOldValueUpBeforeLeavesNothingOldBehind(Write write) {
    TieredCache<Long, String> there = cluster.node();
    assertThat(there.get(1L, key -> "old")).isEqualTo("old");
    cluster.server.after(RemoteStep.LOOK_UP, () -> write.strike(cache));

    assertThat(cache.get(1L, key -> "never")).as("asked before").isEqualTo("old");

    assertThat(cache.get(1L, key -> "new")).isEqualTo("new");
  }

  @ParameterizedTest
  @EnumSource
  void theLocalTierIsDroppedAlthoughTheRemoteStepFailed(Write write) {
    assertThat(cache.get(1L, key -> "old")).isEqualTo("old");
    cluster.server.before(
        write.step(),
        () -> {
          assertThat(cache.get(1L, key -> "never")).isEqualTo("old");
          throw new RemoteStoreException("away");
        });

    write.strike(cache);

    assertThat(cache.getIfPresent(1L)).isEmpty();
  }
}
