package dev.corral.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.CacheHealth;
import dev.corral.TieredCache;
import dev.corral.micrometer.CorralMeters;
import dev.corral.micrometer.CorralObservations;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The examples of docs/meters.md and docs/health.md. */
class InProductionTest {

  private final ProductRepository repository = new ProductRepository();
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final ObservationRegistry observations = ObservationRegistry.create();

  @Test
  void measuring() {
    TieredCache<Long, Product> products =
        CorralMeters.monitor(
            TieredCache.<Long, Product>builder("products").freshFor(Duration.ofMinutes(5)),
            registry);

    repository.save(new Product(1, "a table", 3));
    products.get(1L, repository::find);

    assertThat(registry.get("corral.loads").tag("outcome", "success").functionCounter().count())
        .isEqualTo(1);
    products.close();
  }

  @Test
  void tracing() {
    TieredCache<Long, Product> products =
        TieredCache.<Long, Product>builder("products")
            .freshFor(Duration.ofMinutes(5))
            .observer(new CorralObservations(observations))
            .build();

    assertThat(products.get(1L, key -> null)).isNull();
    products.close();
  }

  @Test
  void healthAndExplanation() {
    TieredCache<Long, Product> products =
        TieredCache.<Long, Product>builder("products").freshFor(Duration.ofMinutes(5)).build();
    CacheHealth health = products.health();
    assertThat(health.status()).isEqualTo(CacheHealth.Status.UP);

    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      System.out.println(products.explain(42L));
    } finally {
      System.setOut(console);
    }

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .startsWith("Key 42 of cache products\n  here: nothing");
    products.close();
  }

  @Test
  void withoutACache() {
    TieredCache<Long, Product> none = TieredCache.disabled("products");

    repository.save(new Product(1, "a table", 3));
    Product table = none.get(1L, repository::find);
    repository.save(new Product(1, "a table", 2));

    assertThat(none.get(1L, repository::find)).isNotEqualTo(table);
    none.close();
  }
}
