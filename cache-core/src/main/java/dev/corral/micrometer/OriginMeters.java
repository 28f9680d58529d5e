package dev.corral.micrometer;

import dev.corral.origin.BreakerState;
import dev.corral.origin.Limit;
import dev.corral.origin.Origin;
import dev.corral.origin.OriginStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Shows what an origin has seen as meters. {@link CacheMeters} binds those of its cache's origin,
 * without tags of its own; bound twice, they are there once.
 */
public final class OriginMeters implements MeterBinder {

  private final Origin origin;
  private final Tags tags;

  /**
   * Creates the meters of an origin, which they do not keep from being collected.
   *
   * @param tags added to {@code origin}, the name of the origin
   */
  public OriginMeters(Origin origin, Iterable<Tag> tags) {
    this.origin = origin;
    this.tags = Tags.concat(tags, "origin", origin.name());
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    new Binding<>(registry, origin, Origin::stats, tags).bind();
  }

  /** Binds what counts as an origin does. */
  record Binding<T>(MeterRegistry registry, T of, Function<T, OriginStats> stats, Tags tags) {

    void bind() {
      gauge(
          "corral.origin.running",
          "Attempts that are under way, without those that were given up",
          Tags.empty(),
          OriginStats::running);
      gauge(
          "corral.origin.queued",
          "Loads that wait for a permit",
          Tags.empty(),
          OriginStats::queued);
      for (BreakerState state : BreakerState.values()) {
        gauge(
            "corral.origin.breaker.state",
            "The state of the circuit breaker: 1 at the present one, 0 at the others",
            Tags.of("state", word(state)),
            counted -> counted.breaker() == state ? 1 : 0);
      }
      counter("corral.origin.loads", "Loads that were asked for", Tags.empty(), OriginStats::loads);
      counter(
          "corral.origin.attempts",
          "Attempts that were begun: first ones and retries",
          Tags.empty(),
          OriginStats::attempts);
      counter(
          "corral.origin.failures", "Attempts that failed", Tags.empty(), OriginStats::failures);
      String retries = "Retries that were made, and those that the retry budget did not allow";
      counter("corral.origin.retries", retries, Tags.of("result", "made"), OriginStats::retries);
      counter(
          "corral.origin.retries",
          retries,
          Tags.of("result", "refused"),
          OriginStats::retriesRefused);
      counter(
          "corral.origin.given.up",
          "Attempts that hung: their time was over before they ended",
          Tags.empty(),
          OriginStats::givenUp);
      for (Limit limit : Limit.values()) {
        counter(
            "corral.origin.rejected",
            "Loads that were not begun, or not begun again, by the limit that kept them",
            Tags.of("limit", word(limit)),
            counted -> counted.rejected().getOrDefault(limit, 0L));
      }
    }

    private void gauge(
        String name, String description, Tags more, ToDoubleFunction<OriginStats> value) {
      Gauge.builder(name, of, source -> value.applyAsDouble(stats.apply(source)))
          .tags(tags.and(more))
          .description(description)
          .register(registry);
    }

    private void counter(
        String name, String description, Tags more, ToDoubleFunction<OriginStats> value) {
      FunctionCounter.builder(name, of, source -> value.applyAsDouble(stats.apply(source)))
          .tags(tags.and(more))
          .description(description)
          .register(registry);
    }

    private static String word(Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT);
    }
  }
}
