package dev.corral.bench.payments;

import dev.corral.http.HttpClientStats;
import dev.corral.http.RetryingHttpClient;
import dev.corral.origin.CircuitBreaking;
import dev.corral.origin.Origin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Sends with a key, and again where that is safe and the budget allows it. */
final class CorralSender implements Sender {
  private static final double RETRY_SHARE = 0.2;
  private static final int LEAST_RETRIES = 20;
  private static final Duration OPEN_FOR = Duration.ofMillis(500);
  private static final Duration BACKOFF = Duration.ofMillis(50);
  private static final Duration LONGEST_BACKOFF = Duration.ofMillis(500);

  private final URI to;
  private final RetryingHttpClient client;
  private final BreakerWatch breaker;

  CorralSender(String name, URI to, Duration attempt, Duration deadline) {
    this.to = to;
    Origin origin =
        Origin.named(name)
            .retryBudget(RETRY_SHARE, LEAST_RETRIES)
            .circuitBreaker(CircuitBreaking.defaults().openFor(OPEN_FOR))
            .build();
    breaker = new BreakerWatch(origin);
    client =
        RetryingHttpClient.builder(
                HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(attempt)
                    .build(),
                origin,
                attempt)
            .deadline(deadline)
            .maxAttempts(4)
            .backoff(BACKOFF, LONGEST_BACKOFF)
            .build();
  }

  @Override
  public HttpResponse<byte[]> send(int payment, String key, byte[] body)
      throws IOException, InterruptedException {
    return client.send(Sender.request(to, payment, body), key, BodyHandlers.ofByteArray());
  }

  @Override
  public SenderStats stats() {
    HttpClientStats stats = client.stats();
    return new SenderStats(
        stats.requests(),
        stats.attempts(),
        stats.retries(),
        stats.inProgress(),
        stats.retriesRefused(),
        stats.rejected(),
        stats.gaveUp(),
        breaker.openings());
  }
}
