package dev.corral.micrometer;

import dev.corral.http.HttpClientStats;
import dev.corral.http.RetryingHttpClient;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/**
 * Shows what a client has done as meters. The limits of its origin are shown by {@link
 * OriginMeters}.
 */
public final class HttpClientMeters implements MeterBinder {

  private final RetryingHttpClient client;
  private final Tags tags;

  /**
   * Creates the meters of a client, which they do not keep from being collected.
   *
   * @param tags added to {@code origin}, the name of its origin; they tell apart the clients of one
   */
  public HttpClientMeters(RetryingHttpClient client, Iterable<Tag> tags) {
    this.client = client;
    this.tags = Tags.concat(tags, "origin", client.origin().name());
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    gauge(registry, "corral.http.running", "Requests that are under way", HttpClientStats::running);
    gauge(
        registry,
        "corral.http.amplification",
        "Attempts for each request that was sent, since the start",
        HttpClientStats::amplification);
    counter(
        registry,
        "corral.http.requests",
        "Requests that were asked for",
        Tags.empty(),
        HttpClientStats::requests);
    counter(
        registry,
        "corral.http.attempts",
        "Attempts that were sent: first ones, retries, and questions for an outcome",
        Tags.empty(),
        HttpClientStats::attempts);
    String retries = "Retries that were made, and those that the retry budget did not allow";
    counter(
        registry,
        "corral.http.retries",
        retries,
        Tags.of("result", "made"),
        HttpClientStats::retries);
    counter(
        registry,
        "corral.http.retries",
        retries,
        Tags.of("result", "refused"),
        HttpClientStats::retriesRefused);
    counter(
        registry,
        "corral.http.in.progress",
        "Attempts that asked for the outcome of an earlier one, which was in progress",
        Tags.empty(),
        HttpClientStats::inProgress);
    counter(
        registry,
        "corral.http.rejected",
        "Attempts that a limit of the origin kept from being sent",
        Tags.empty(),
        HttpClientStats::rejected);
    counter(
        registry,
        "corral.http.gave.up",
        "Requests that ended with something that might have gone well the next time",
        Tags.empty(),
        HttpClientStats::gaveUp);
  }

  private void gauge(
      MeterRegistry registry,
      String name,
      String description,
      ToDoubleFunction<HttpClientStats> value) {
    Gauge.builder(name, client, of -> value.applyAsDouble(of.stats()))
        .tags(tags)
        .description(description)
        .register(registry);
  }

  private void counter(
      MeterRegistry registry,
      String name,
      String description,
      Tags more,
      ToDoubleFunction<HttpClientStats> value) {
    FunctionCounter.builder(name, client, of -> value.applyAsDouble(of.stats()))
        .tags(tags.and(more))
        .description(description)
        .register(registry);
  }
}
