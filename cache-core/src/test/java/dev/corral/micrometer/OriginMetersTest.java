package dev.corral.micrometer;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.origin.BreakerState;
import dev.corral.origin.CircuitBreaking;
import dev.corral.origin.Limit;
import dev.corral.origin.LoadRequest;
import dev.corral.origin.Origin;
import dev.corral.origin.OriginStats;
import dev.corral.origin.Priority;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OriginMetersTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  private static OriginStats stats(BreakerState breaker) {
    return new OriginStats(
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        Map.of(Limit.CONCURRENCY, 9L, Limit.RATE, 10L, Limit.CIRCUIT_BREAKER, 11L),
        breaker);
  }

  private Map<String, Double> shown(OriginStats stats) {
    new OriginMeters.Binding<>(registry, stats, Function.identity(), Tags.empty()).bind();
    return MeterValues.of(registry);
  }

  @Test
  void eachMeterShowsItsOwnNumber() {
    OriginStats stats = stats(BreakerState.CLOSED);

    assertThat(shown(stats))
        .containsOnly(
            entry("corral.origin.running", 1.0),
            entry("corral.origin.queued", 2.0),
            entry("corral.origin.loads", 3.0),
            entry("corral.origin.attempts", 4.0),
            entry("corral.origin.failures", 5.0),
            entry("corral.origin.retries{result=made}", 6.0),
            entry("corral.origin.retries{result=refused}", 7.0),
            entry("corral.origin.given.up", 8.0),
            entry("corral.origin.rejected{limit=concurrency}", 9.0),
            entry("corral.origin.rejected{limit=rate}", 10.0),
            entry("corral.origin.rejected{limit=circuit_breaker}", 11.0),
            entry("corral.origin.breaker.state{state=closed}", 1.0),
            entry("corral.origin.breaker.state{state=open}", 0.0),
            entry("corral.origin.breaker.state{state=half_open}", 0.0));
  }

  @ParameterizedTest
  @EnumSource(BreakerState.class)
  void theBreakerIsInOneState(BreakerState state) {
    OriginStats stats = stats(state);

    Map<String, Double> shown = shown(stats);
    for (BreakerState each : BreakerState.values()) {
      assertThat(shown)
          .containsEntry(
              "corral.origin.breaker.state{state=" + word(each) + "}", each == state ? 1.0 : 0.0);
    }
  }

  private static String word(BreakerState state) {
    return switch (state) {
      case CLOSED -> "closed";
      case OPEN -> "open";
      case HALF_OPEN -> "half_open";
    };
  }

  @Test
  void anOriginIsShownUnderItsNameAsItChanges() throws Exception {
    Origin origin =
        Origin.named("db").circuitBreaker(CircuitBreaking.defaults().failures(1)).build();
    new OriginMeters(origin, Tags.of("shop", "berlin")).bindTo(registry);
    LoadRequest request = new LoadRequest(Priority.MISS, Duration.ZERO, Duration.ofSeconds(1));

    double meanwhile = origin.load(request, () -> gauge("corral.origin.running"));
    assertThat(meanwhile).isEqualTo(1);
    assertThat(gauge("corral.origin.running")).isZero();
    assertThat(
            registry
                .get("corral.origin.loads")
                .tags("origin", "db", "shop", "berlin")
                .functionCounter()
                .count())
        .isEqualTo(1);
  }

  private double gauge(String name) {
    return registry.get(name).tags("origin", "db", "shop", "berlin").gauge().value();
  }
}
