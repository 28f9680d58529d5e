package dev.corral.bench.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.corral.CacheHealth;
import dev.corral.CorralException;
import dev.corral.TieredCache;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.sql.SQLException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the service answers to each request. */
final class ItemPages {
  private static final Pattern PRODUCT = Pattern.compile("/products/(\\d{1,18})");
  private static final Pattern PRICE = Pattern.compile("/products/(\\d{1,18})/price");
  private static final Pattern EXPLAIN = Pattern.compile("/explain/(\\d{1,18})");
  private static final Pattern CENTS = Pattern.compile("\\d{1,9}");
  private static final String CONTENTS =
      """
      GET  /products/{id}        a product, 1 to 1000
      PUT  /products/{id}/price  changes its price; the body is a number of cents
      GET  /explain/{id}         where the product stands in the cache
      GET  /metrics              for Prometheus
      GET  /health               how the cache does
      """;

  private final ObjectMapper json = new ObjectMapper();
  private final Items items;
  private final TieredCache<Long, Item> cache;
  private final PrometheusMeterRegistry meters;

  ItemPages(Items items, TieredCache<Long, Item> cache, PrometheusMeterRegistry meters) {
    this.items = items;
    this.cache = cache;
    this.meters = meters;
  }

  Answer answer(String method, String path, String body) {
    try {
      return switch (method) {
        case "GET" -> get(path);
        case "PUT" -> put(path, body);
        default -> Answer.text(405, "Only GET and PUT\n");
      };
    } catch (CorralException e) {
      return Answer.text(503, e.getMessage() + "\n");
    } catch (SQLException e) {
      return Answer.text(500, e.getMessage() + "\n");
    }
  }

  private Answer get(String path) {
    Matcher product = PRODUCT.matcher(path);
    Matcher explained = EXPLAIN.matcher(path);
    if (product.matches()) {
      return product(cache.get(id(product), items::find));
    }
    if (explained.matches()) {
      return Answer.text(200, cache.explain(id(explained)) + "\n");
    }
    return switch (path) {
      case "/" -> Answer.text(200, CONTENTS);
      case "/metrics" -> new Answer(200, "text/plain; version=0.0.4", meters.scrape());
      case "/health" -> health(cache.health());
      default -> Answer.text(404, "There is no such page. There are:\n" + CONTENTS);
    };
  }

  private Answer put(String path, String body) throws SQLException {
    Matcher price = PRICE.matcher(path);
    if (!price.matches()) {
      return Answer.text(404, "Nothing to change there. There are:\n" + CONTENTS);
    }
    if (!CENTS.matcher(body.strip()).matches()) {
      return Answer.text(400, "A price is a whole number of cents, such as 1999\n");
    }
    int cents = Integer.parseInt(body.strip());
    cache.change(id(price), () -> items.setPrice(id(price), cents));
    return Answer.text(200, "Changed\n");
  }

  private Answer product(@Nullable Item item) {
    return item == null ? Answer.text(404, "There is no such product\n") : json(item);
  }

  private Answer health(CacheHealth health) {
    return json(
        Map.of("cache", health.cache(), "status", health.status(), "reasons", health.reasons()));
  }

  private Answer json(Object value) {
    try {
      return new Answer(200, "application/json", json.writeValueAsString(value) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Not to be written as JSON: " + value, e);
    }
  }

  private static long id(Matcher path) {
    return Long.parseLong(path.group(1));
  }

  /** What goes back over HTTP. */
  record Answer(int status, String type, String body) {
    static Answer text(int status, String body) {
      return new Answer(status, "text/plain; charset=utf-8", body);
    }
  }
}
