package dev.corral.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.corral.TieredCache;
import dev.corral.codec.StringCodec;
import dev.corral.http.RetryingHttpClient;
import dev.corral.idempotency.Idempotency;
import dev.corral.idempotency.InMemoryIdempotencyStore;
import dev.corral.origin.Origin;
import dev.corral.remote.InMemoryRemoteServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/meters.md lists what a registry shows: each name, type, unit, tags and description. */
class MetersPageTest {

  private static final Path PAGE = Path.of("../docs/meters.md");
  private static final String BEGIN = "| meter | type | unit | tags | what it tells |";

  private static MeterRegistry registryOfTwoTiers() {
    MeterRegistry registry = new SimpleMeterRegistry();
    try (TieredCache<Long, String> cache =
        CorralMeters.monitor(
            TieredCache.<Long, String>builder("products")
                .freshFor(Duration.ofMinutes(1))
                .remote(new InMemoryRemoteServer().newNode(), StringCodec.utf8()),
            registry)) {
      cache.get(1L, key -> "v");
    }
    Idempotency<String> charges =
        Idempotency.builder(new InMemoryIdempotencyStore(), StringCodec.utf8()).build();
    charges.close();
    new IdempotencyMeters(charges, "charges", List.of()).bindTo(registry);
    new HttpClientMeters(client(), Tags.empty()).bindTo(registry);
    return registry;
  }

  private static RetryingHttpClient client() {
    return RetryingHttpClient.builder(
            HttpClient.newHttpClient(), Origin.named("payments").build(), Duration.ofSeconds(1))
        .build();
  }

  @Test
  void thePageListsEachMeterAsTheRegistryShowsIt() throws IOException {
    // An outcome of steps that needs a broken store to be seen.
    List<String> lines =
        MeterTable.lines(registryOfTwoTiers()).stream()
            .map(
                line ->
                    line.startsWith("| `corral.remote.step.duration`")
                        ? line.replace(
                            "`outcome` = success",
                            "`outcome` = success \\| failure \\| refused \\| interrupted")
                        : line)
            .toList();
    List<String> page = Files.readAllLines(PAGE);
    List<String> table = new ArrayList<>();
    for (int i = page.indexOf(BEGIN) + 2; i < page.size() && page.get(i).startsWith("|"); i++) {
      table.add(page.get(i));
    }

    assertThat(table).isEqualTo(lines);
  }

  @Test
  void metersOfAClientTellWhatItHasDone() throws Exception {
    MeterRegistry registry = new SimpleMeterRegistry();
    RetryingHttpClient client = client();
    new HttpClientMeters(client, Tags.empty()).bindTo(registry);

    // Port 1, where nobody listens.
    assertThatIOException()
        .isThrownBy(
            () ->
                client.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:1/")).build(),
                    BodyHandlers.discarding()));

    assertThat(registry.get("corral.http.requests").functionCounter().count()).isEqualTo(1);
    assertThat(registry.get("corral.http.attempts").functionCounter().count()).isEqualTo(3);
    assertThat(
            registry
                .get("corral.http.retries")
                .tags("origin", "payments", "result", "made")
                .functionCounter()
                .count())
        .isEqualTo(2);
    assertThat(registry.get("corral.http.gave.up").functionCounter().count()).isEqualTo(1);
    assertThat(registry.get("corral.http.amplification").gauge().value()).isEqualTo(3);
  }

  @Test
  void aDisabledCacheDoesNotLookAsIfItsRemoteTierWereInUse() {
    MeterRegistry registry = new SimpleMeterRegistry();
    try (TieredCache<Long, String> cache =
        CorralMeters.monitor(
            TieredCache.<Long, String>builder("products")
                .freshFor(Duration.ofMinutes(1))
                .disabled(true)
                .remote(new InMemoryRemoteServer().newNode(), StringCodec.utf8()),
            registry)) {
      cache.get(1L, key -> "v");
    }

    assertThat(MeterTable.lines(registry))
        .noneMatch(line -> line.contains("corral.remote.reachable"))
        .noneMatch(line -> line.contains("corral.remote.subscribed"))
        .anyMatch(line -> line.contains("corral.invalidations.pending"));
  }

  @Test
  void aCacheOfOneTierShowsNothingOfTheState() {
    MeterRegistry registry = new SimpleMeterRegistry();
    try (TieredCache<Long, String> cache =
        CorralMeters.monitor(
            TieredCache.<Long, String>builder("products").freshFor(Duration.ofMinutes(1)),
            registry)) {
      cache.get(1L, key -> "v");
    }

    assertThat(MeterTable.lines(registry))
        .noneMatch(line -> line.contains("corral.remote.reachable"))
        .noneMatch(line -> line.contains("corral.invalidations.pending"));
  }
}
