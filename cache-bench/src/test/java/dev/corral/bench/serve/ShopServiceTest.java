package dev.corral.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.corral.bench.site.Servers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The service of docs/getting-started.md, in two processes' stead, on real servers. */
class ShopServiceTest {
  private static Servers servers;
  private static ShopService service;
  private static ShopService second;

  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws Exception {
    servers = Servers.start(Optional.empty(), Optional.empty(), 50);
    service = ShopService.start(servers.database(), servers.redisUri(), 0);
    second = ShopService.start(servers.database(), servers.redisUri(), 0);
  }

  @AfterAll
  static void end() {
    second.close();
    service.close();
    servers.close();
  }

  @Test
  void aProductIsLoadedOnceAndTheMetricsSaySo() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(new ObjectMapper().readTree(get("/products/42").body()).get("name").asText())
          .isEqualTo("Product 42");
    }

    HttpResponse<String> metrics = get("/metrics");
    assertThat(metrics.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4");
    assertThat(metrics.body())
        .contains("cache_gets_total{cache=\"products\"", "corral_loads_total{cache=\"products\"");
  }

  @Test
  void whatIsNotThereIsNotFound() throws Exception {
    assertThat(get("/products/1001").statusCode()).isEqualTo(404);
    assertThat(get("/products/x").statusCode()).isEqualTo(404);
    assertThat(put("/price", "1").statusCode()).isEqualTo(404);
    assertThat(put("/products/1/price", "cheap").statusCode()).isEqualTo(400);
  }

  @Test
  void aPriceThatChangesInOneProcessIsReadInTheOther() throws Exception {
    get("/products/7");
    send(HttpRequest.newBuilder(second.uri().resolve("/products/7")).build());

    assertThat(put("/products/7/price", "123").statusCode()).isEqualTo(200);

    assertThat(get("/products/7").body()).contains("\"priceCents\":123");
    await()
        .untilAsserted(
            () ->
                assertThat(
                        send(HttpRequest.newBuilder(second.uri().resolve("/products/7")).build())
                            .body())
                    .contains("\"priceCents\":123"));
  }

  @Test
  void itSaysHowTheCacheDoesAndWhereAKeyStands() throws Exception {
    get("/products/9");

    await().untilAsserted(() -> assertThat(get("/health").body()).contains("\"status\":\"UP\""));
    assertThat(get("/explain/9").body()).contains("Key 9 of cache products", "here: fresh");
    assertThat(get("/").body()).contains("/products/{id}", "/metrics", "/health", "/explain/{id}");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(service.uri().resolve(path)).build());
  }

  private HttpResponse<String> put(String path, String body) throws Exception {
    URI uri = service.uri().resolve(path);
    return send(HttpRequest.newBuilder(uri).PUT(BodyPublishers.ofString(body)).build());
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.ofString());
  }
}
