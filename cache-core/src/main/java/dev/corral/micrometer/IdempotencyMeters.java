package dev.corral.micrometer;

import dev.corral.idempotency.Idempotency;
import dev.corral.idempotency.IdempotencyStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * Shows what has come of calls with idempotency keys as meters. The rate of hits is {@code
 * replayed} in all of {@code corral.idempotency.calls}.
 */
public final class IdempotencyMeters implements MeterBinder {

  private final Idempotency<?> idempotency;
  private final Tags tags;

  /**
   * Creates the meters of one, which they do not keep from being collected.
   *
   * @param name the value of the tag {@code idempotency}, such as {@code "charges"}
   * @param tags added to that
   */
  public IdempotencyMeters(Idempotency<?> idempotency, String name, Iterable<Tag> tags) {
    this.idempotency = Objects.requireNonNull(idempotency, "idempotency");
    this.tags = Tags.concat(tags, "idempotency", name);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    String calls = "Calls that were answered, by how";
    result(registry, calls, "executed", IdempotencyStats::executions);
    result(registry, calls, "replayed", IdempotencyStats::replays);
    result(registry, calls, "in_progress", IdempotencyStats::inProgress);
    result(registry, calls, "conflict", IdempotencyStats::conflicts);
    result(registry, calls, "unknown", IdempotencyStats::unknown);
    counter(
        registry,
        "corral.idempotency.failures",
        "Actions that threw, whether that was stored or not",
        IdempotencyStats::failures);
    counter(
        registry,
        "corral.idempotency.lost",
        "Actions whose reservation was lost before they ended: another one may have taken effect",
        IdempotencyStats::lost);
    counter(
        registry,
        "corral.idempotency.purged",
        "Records that were dropped because they had expired",
        IdempotencyStats::purged);
    counter(
        registry,
        "corral.idempotency.released",
        "Actions whose failure freed the key",
        IdempotencyStats::released);
    counter(
        registry,
        "corral.idempotency.rerun",
        "Actions that were run for a key whose holder had died",
        IdempotencyStats::rerun);
    counter(
        registry,
        "corral.idempotency.unstored",
        "Actions whose outcome the store did not take at once",
        IdempotencyStats::unstored);
    counter(
        registry,
        "corral.idempotency.waits",
        "Calls that found their key in progress and waited",
        IdempotencyStats::waits);
  }

  private void result(
      MeterRegistry registry,
      String description,
      String result,
      ToDoubleFunction<IdempotencyStats> value) {
    counter(registry, "corral.idempotency.calls", description, tags.and("result", result), value);
  }

  private void counter(
      MeterRegistry registry,
      String name,
      String description,
      ToDoubleFunction<IdempotencyStats> value) {
    counter(registry, name, description, tags, value);
  }

  private void counter(
      MeterRegistry registry,
      String name,
      String description,
      Tags all,
      ToDoubleFunction<IdempotencyStats> value) {
    FunctionCounter.builder(name, idempotency, of -> value.applyAsDouble(of.stats()))
        .tags(all)
        .description(description)
        .register(registry);
  }
}
