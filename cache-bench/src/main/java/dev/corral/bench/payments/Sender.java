package dev.corral.bench.payments;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Sends requests about payments to the next server, and again as its mode has it. */
interface Sender {

  /** The payment that a request is about; for those who inject faults, and for nobody else. */
  String PAYMENT = "Payment-Number";

  /**
   * Sends a request until there is an answer, or none to be had.
   *
   * @param key of the payment; not sent by modes that have none
   * @throws IOException if there was no answer
   */
  HttpResponse<byte[]> send(int payment, String key, byte[] body)
      throws IOException, InterruptedException;

  SenderStats stats();

  static HttpRequest request(URI to, int payment, byte[] body) {
    return HttpRequest.newBuilder(to)
        .header(PAYMENT, String.valueOf(payment))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofByteArray(body))
        .build();
  }

  static Sender of(Mode mode, String name, URI to, Duration attempt, Duration deadline) {
    return switch (mode) {
      case NO_RETRY -> new NaiveSender(to, attempt, 1);
      case NAIVE_RETRY -> new NaiveSender(to, attempt, 3);
      case CORRAL -> new CorralSender(name, to, attempt, deadline);
    };
  }
}
