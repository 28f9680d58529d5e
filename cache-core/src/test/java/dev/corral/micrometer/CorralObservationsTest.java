package dev.corral.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.corral.CorralException;
import dev.corral.TieredCache;
import dev.corral.codec.StringCodec;
import dev.corral.remote.InMemoryRemoteServer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CorralObservationsTest {

  private final TestObservationRegistry registry = TestObservationRegistry.create();

  private TieredCache<Long, String> cache() {
    return TieredCache.<Long, String>builder("products")
        .freshFor(Duration.ofMinutes(1))
        .remote(new InMemoryRemoteServer().newNode(), StringCodec.utf8())
        .observer(new CorralObservations(registry))
        .build();
  }

  @Test
  void aLoadIsASpanBelowThatOfItsCaller() {
    try (TieredCache<Long, String> cache = cache()) {
      cache.get(
          1L,
          key -> {
            Observation current = Objects.requireNonNull(registry.getCurrentObservation());
            assertThat(current.getContext().getName()).isEqualTo("corral.load");
            return "v";
          });
    }

    TestObservationRegistryAssert.assertThat(registry)
        .hasObservationWithNameEqualTo("corral.load")
        .that()
        .hasBeenStarted()
        .hasBeenStopped()
        .hasContextualNameEqualTo("products load")
        .hasLowCardinalityKeyValue("cache", "products")
        .hasLowCardinalityKeyValue("step", "load")
        .doesNotHaveError();
    assertThat(registry.getCurrentObservation()).isNull();
  }

  @Test
  void stepsOfTheRemoteTierAreSpans() {
    try (TieredCache<Long, String> cache = cache()) {
      cache.get(1L, key -> "v");
    }

    TestObservationRegistryAssert.assertThat(registry)
        .hasAnObservation(
            context ->
                context
                    .hasNameEqualTo("corral.remote")
                    .hasLowCardinalityKeyValue("step", "publish"));
  }

  @Test
  void theSyncMakesNoTraces() {
    try (TieredCache<Long, String> cache = cache()) {
      await().until(() -> cache.health().remote().orElseThrow().lastContact().isPresent());
    }

    TestObservationRegistryAssert.assertThat(registry).doesNotHaveAnyObservation();
  }

  @Test
  void aStepAboutTheWholeCacheIsASpanBelowThatOfItsCaller() {
    try (TieredCache<Long, String> cache = cache()) {
      Observation.createNotStarted("request", registry).observe(() -> cache.invalidateAll());
    }

    TestObservationRegistryAssert.assertThat(registry)
        .hasAnObservation(
            context ->
                context
                    .hasNameEqualTo("corral.remote")
                    .hasLowCardinalityKeyValue("step", "clear")
                    .hasParentObservation());
  }

  @Test
  void aFailureIsTheErrorOfItsSpan() {
    IOException down = new IOException("down");
    try (TieredCache<Long, String> cache = cache()) {
      assertThatThrownBy(
              () ->
                  cache.get(
                      1L,
                      key -> {
                        throw down;
                      }))
          .isInstanceOf(CorralException.class);
    }

    TestObservationRegistryAssert.assertThat(registry)
        .hasObservationWithNameEqualTo("corral.load")
        .that()
        .hasError(down);
  }

  @Test
  void aRegistryThatDoesNothingIsNoTrouble() {
    try (TieredCache<Long, String> cache =
        TieredCache.<Long, String>builder("products")
            .freshFor(Duration.ofMinutes(1))
            .observer(new CorralObservations(ObservationRegistry.NOOP))
            .build()) {
      assertThat(cache.get(1L, key -> "v")).isEqualTo("v");
    }
  }
}
