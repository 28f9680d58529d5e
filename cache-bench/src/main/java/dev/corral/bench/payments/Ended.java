package dev.corral.bench.payments;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;

/**
 * What somebody who asked was told in the end.
 *
 * @param status of the last answer, or zero if there was none
 * @param charge the number of the charge; zero if the answer names none
 */
record Ended(Payment.Ask ask, int status, long charge) {

  static Ended with(Payment.Ask ask, HttpResponse<byte[]> response) {
    return new Ended(ask, response.statusCode(), chargeIn(response));
  }

  static Ended withoutAnswer(Payment.Ask ask) {
    return new Ended(ask, 0, 0);
  }

  private static long chargeIn(HttpResponse<byte[]> response) {
    if (response.statusCode() != Payment.Ask.PAID) {
      return 0;
    }
    try {
      JsonNode body = ServerLoop.JSON.readTree(response.body());
      return body.path("charge").asLong();
    } catch (IOException e) {
      return 0;
    }
  }

  /** Whether this is an answer that asking again would not change. */
  boolean isFinal() {
    return status == Payment.Ask.PAID || status == Payment.Ask.REFUSED;
  }
}
