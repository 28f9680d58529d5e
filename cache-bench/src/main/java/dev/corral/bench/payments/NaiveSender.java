package dev.corral.bench.payments;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Sends what failed again, a moment later, so many times, and hopes for the best. */
final class NaiveSender implements Sender {
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI to;
  private final Duration attempt;
  private final int most;
  private final LongAdder requests = new LongAdder();
  private final LongAdder attempts = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final LongAdder gaveUp = new LongAdder();

  NaiveSender(URI to, Duration attempt, int most) {
    this.to = to;
    this.attempt = attempt;
    this.most = most;
  }

  @Override
  public HttpResponse<byte[]> send(int payment, String key, byte[] body)
      throws IOException, InterruptedException {
    requests.increment();
    HttpRequest request =
        HttpRequest.newBuilder(Sender.request(to, payment, body), (name, value) -> true)
            .timeout(attempt)
            .build();
    for (int number = 1; ; number++) {
      attempts.increment();
      boolean last = number == most;
      try {
        HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() < 500 || last) {
          if (response.statusCode() >= 500) {
            gaveUp.increment();
          }
          return response;
        }
      } catch (IOException e) {
        if (last) {
          gaveUp.increment();
          throw e;
        }
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
      retries.increment();
    }
  }

  @Override
  public SenderStats stats() {
    return new SenderStats(requests.sum(), attempts.sum(), retries.sum(), 0, 0, 0, gaveUp.sum(), 0);
  }
}
