package dev.corral.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.corral.TieredCache;
import dev.corral.codec.StringCodec;
import dev.corral.idempotency.Idempotency;
import dev.corral.idempotency.InMemoryIdempotencyStore;
import dev.corral.origin.Origin;
import dev.corral.remote.InMemoryRemoteServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the dashboard and the rules ask for is there in a scrape of a cache that runs. */
class DashboardsTest {

  private static final Path FOLDER = Path.of("../docs/dashboards");
  private static final Pattern NAME = Pattern.compile("(?<![\\w:])(?:corral|cache)_[a-z_]+");

  private static Set<String> scraped() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (TieredCache<Long, String> cache =
            CorralMeters.monitor(
                TieredCache.<Long, String>builder("products")
                    .freshFor(Duration.ofMinutes(1))
                    .origin(Origin.named("db").build())
                    .remote(new InMemoryRemoteServer().newNode(), StringCodec.utf8()),
                registry);
        Idempotency<String> charges =
            Idempotency.builder(new InMemoryIdempotencyStore(), StringCodec.utf8()).build()) {
      new IdempotencyMeters(charges, "charges", List.of()).bindTo(registry);
      cache.get(1L, key -> "v");
      return names(
          registry.scrape().lines().filter(line -> !line.startsWith("#")).toList().toString());
    }
  }

  private static Set<String> names(String text) {
    Set<String> names = new TreeSet<>();
    for (Matcher matcher = NAME.matcher(text); matcher.find(); ) {
      names.add(matcher.group());
    }
    return names;
  }

  @ParameterizedTest
  @ValueSource(strings = {"corral-rules.yml", "corral-rules-test.yml", "corral-grafana.json"})
  void eachMeterIsInAScrape(String file) throws IOException {
    Set<String> asked = names(Files.readString(FOLDER.resolve(file)));

    assertThat(asked).hasSizeGreaterThan(8);
    assertThat(scraped()).containsAll(asked);
  }

  @Test
  void aMeterThatIsNotThereWouldBeSeen() {
    assertThat(names("sum(rate(corral_nonsense_total{cache=\"a\"}[5m]))"))
        .containsExactly("corral_nonsense_total");
    assertThat(scraped()).doesNotContain("corral_nonsense_total");
  }

  @Test
  void eachPanelHasATitleAWordOfWhatItTellsAUnitAndLegends() throws IOException {
    JsonNode dashboard =
        new ObjectMapper().readTree(FOLDER.resolve("corral-grafana.json").toFile());

    assertThat(dashboard.get("panels")).hasSizeGreaterThan(10);
    for (JsonNode panel : dashboard.get("panels")) {
      assertThat(panel.get("title").asText()).isNotBlank();
      assertThat(panel.get("description").asText()).isNotBlank();
      assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isNotBlank();
      for (JsonNode target : panel.get("targets")) {
        assertThat(target.get("expr").asText()).contains("corral_");
        assertThat(target.get("legendFormat").asText()).contains("{{");
      }
    }
  }
}
