package dev.corral.idempotency.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;

/** What a client is told when there is no response for it: a problem of RFC 9457. */
enum Problem {
  KEY_MISSING(
      400,
      "key-missing",
      "Idempotency-Key is missing",
      "This operation takes requests with an Idempotency-Key only."),
  KEY_MALFORMED(400, "key-malformed", "Idempotency-Key is malformed", ""),
  IN_PROGRESS(
      409,
      "in-progress",
      "A request with this Idempotency-Key is in progress",
      "Send the same request with the same key again, to get its response."),
  RESERVATION_LOST(
      409,
      "reservation-lost",
      "Another run of this request decides",
      "The reservation of this one was lost. Send the same request with the same key again, to get"
          + " what is true."),
  REQUEST_TOO_LARGE(
      413,
      "request-too-large",
      "The request is too large for an operation that takes an Idempotency-Key",
      "This request was not carried out."),
  KEY_REUSED(
      422,
      "key-reused",
      "Idempotency-Key was used for another request",
      "A new request needs a new key. The request that has this key is not changed."),
  FAILED(
      500,
      "failed",
      "The request failed",
      "Whether it took effect is not known. It is not run again for this key."),
  OUTCOME_UNKNOWN(
      500,
      "outcome-unknown",
      "Whether the request took effect is not known",
      "What ran it ended without a response. It is not run again for this key: do not send it with"
          + " another one, ask."),
  RESPONSE_NOT_KEPT(
      500,
      "response-not-kept",
      "The request was carried out, and there is no response",
      "Its response could not be kept. It is not run again for this key."),
  NOT_DONE(503, "not-done", "This request was not carried out", Problem.NOT_THIS_ONE),
  STORE_AWAY(503, "store-away", "Idempotency-Keys cannot be looked up", Problem.NOT_THIS_ONE);

  /** For what is known of this request, and not of all that had its key. */
  private static final String NOT_THIS_ONE =
      "This request was not carried out. Whether an earlier one with this key took effect is not"
          + " known. Send the same request with the same key again.";

  private static final String NOTHING_DONE =
      "Nothing has been done. Send the same request with the same key again.";

  private static final String ASK_AGAIN =
      "Whether it is run again for this key is not known. Send the same request with the same key"
          + " again, not with another one.";

  private static final String TYPE = "urn:corral:idempotency:";

  private final int status;
  private final String name;
  private final String title;
  private final String detail;

  Problem(int status, String name, String title, String detail) {
    this.status = status;
    this.name = name;
    this.title = title;
    this.detail = detail;
  }

  RecordedResponse response() {
    return response(detail);
  }

  /**
   * Returns the response, or, if the request may still be run again for its key, one that does not
   * say otherwise.
   */
  RecordedResponse response(boolean mayRunAgain) {
    return mayRunAgain ? response(ASK_AGAIN) : response();
  }

  /** Returns the response of the only run that the key ever had, which took no effect. */
  RecordedResponse ofOnlyRun() {
    return response(NOTHING_DONE);
  }

  /** Returns the response with another detail: a text of ours, without quotes or backslashes. */
  RecordedResponse response(String otherDetail) {
    String json =
        "{\"type\":\"%s\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
            .formatted(TYPE + name, title, status, otherDetail);
    return RecordedResponse.of(
        status,
        List.of(new RecordedResponse.Header("Content-Type", "application/problem+json")),
        json.getBytes(UTF_8));
  }

  /** Returns the response with a time to wait, in whole seconds: rounded up, and 1 at least. */
  RecordedResponse retryAfter(Duration wait) {
    return retryAfter(response(), wait);
  }

  /** Returns a response with a time to wait, in whole seconds: rounded up, and 1 at least. */
  static RecordedResponse retryAfter(RecordedResponse response, Duration wait) {
    long seconds = Math.max(1, wait.plusNanos(999_999_999).toSeconds());
    return response.with("Retry-After", Long.toString(seconds));
  }
}
