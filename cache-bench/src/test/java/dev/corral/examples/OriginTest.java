package dev.corral.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.corral.LoadRejectedException;
import dev.corral.TieredCache;
import dev.corral.origin.BreakerState;
import dev.corral.origin.CircuitBreaking;
import dev.corral.origin.Origin;
import dev.corral.origin.OriginStats;
import dev.corral.origin.Retries;
import dev.corral.origin.RetryAfter;
import java.io.IOException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples of docs/protecting-the-origin.md. */
class OriginTest {

  private final ProductRepository repository = new ProductRepository();
  private final List<String> log = new ArrayList<>();

  @Test
  void anOriginIsSharedAndWatched() {
    repository.save(new Product(1, "a table", 3));
    Origin database =
        Origin.named("orders-db")
            .maxConcurrentLoads(32)
            .maxQueuedLoads(500)
            .loadTimeout(Duration.ofSeconds(2))
            .retries(Retries.upTo(2).on(SQLTransientException.class))
            .circuitBreaker(CircuitBreaking.defaults().slowAfter(Duration.ofSeconds(1)))
            .rateLimit(1_000, Duration.ofSeconds(1))
            .build();

    TieredCache<Long, Product> shelf =
        TieredCache.<Long, Product>builder("shelf")
            .freshFor(Duration.ofMinutes(5))
            .staleFor(Duration.ofHours(1))
            .origin(database)
            .build();
    TieredCache<Long, Product> patient =
        TieredCache.<Long, Product>builder("patient")
            .freshFor(Duration.ofMinutes(5))
            .staleFor(Duration.ofHours(1))
            .softTimeout(Duration.ofMillis(50))
            .origin(database)
            .build();

    try (shelf;
        patient) {
      assertThat(shelf.get(1L, repository::find)).isEqualTo(patient.get(1L, repository::find));

      OriginStats seen = database.stats();
      log.add(seen.running() + " run, " + seen.queued() + " wait, " + seen.breaker());
      log.add("Each load costs the database " + seen.amplification() + " attempts");

      assertThat(seen.breaker()).isEqualTo(BreakerState.CLOSED);
      assertThat(log)
          .containsExactly("0 run, 0 wait, CLOSED", "Each load costs the database 1.0 attempts");
    }
  }

  @Test
  void whatIsRejectedSaysForHowLong() {
    Origin broken =
        Origin.named("db").circuitBreaker(CircuitBreaking.defaults().failures(1)).build();
    try (TieredCache<Long, Product> shelf =
        TieredCache.<Long, Product>builder("shelf")
            .freshFor(Duration.ofMinutes(5))
            .origin(broken)
            .build()) {
      assertThat(shelf.getAsync(2L, OriginTest::tooMany)).isNotNull();
      await().until(() -> broken.stats().breaker() == BreakerState.OPEN);

      try {
        shelf.get(1L, repository::find);
      } catch (LoadRejectedException busy) {
        log.add("Come back in " + busy.retryAfter().toSeconds() + " s: " + busy.limit());
      }

      assertThat(log).singleElement().asString().endsWith(" s: CIRCUIT_BREAKER");
    }
  }

  private static Product tooMany(Long id) throws IOException {
    throw new TooManyRequests(Duration.ofSeconds(1));
  }

  static final class TooManyRequests extends IOException implements RetryAfter {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    TooManyRequests(Duration retryAfter) {
      super("429");
      this.retryAfter = retryAfter;
    }

    @Override
    public Duration retryAfter() {
      return retryAfter;
    }
  }
}
