package dev.corral.bench.payments;

import dev.corral.http.GaveUp;
import dev.corral.http.NoAnswerException;
import dev.corral.origin.Rejection;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Comes back, with the same key, when the breaker has said that there is no point in sending. */
record PatientSender(Sender sender, Duration patience) implements Sender {

  @Override
  public HttpResponse<byte[]> send(int payment, String key, byte[] body)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return sender.send(payment, key, body);
      } catch (NoAnswerException e) {
        if (e.reason() != GaveUp.REJECTED || !(e.getCause() instanceof Rejection rejection)) {
          throw e;
        }
        long pause = rejection.retryAfter().toNanos();
        if (pause > deadline - System.nanoTime()) {
          throw e;
        }
        TimeUnit.NANOSECONDS.sleep(pause);
      }
    }
  }

  @Override
  public SenderStats stats() {
    return sender.stats();
  }
}
