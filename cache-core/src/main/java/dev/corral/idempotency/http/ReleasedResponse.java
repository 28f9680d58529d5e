package dev.corral.idempotency.http;

/** A response that says that nothing has happened: it frees the key, and is sent this once. */
final class ReleasedResponse extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient RecordedResponse response;

  ReleasedResponse(RecordedResponse response) {
    super("status " + response.status(), null, false, false);
    this.response = response;
  }

  RecordedResponse response() {
    return response;
  }
}
