package dev.corral.idempotency.http;

import dev.corral.idempotency.Attempt;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** One request, as what fits {@link HttpIdempotency} to a server tells of it, and what runs it. */
public interface HttpCall {

  /** Returns the method, such as {@code POST}. */
  String method();

  /** Returns the path and the query as they were sent, not decoded. */
  String target();

  /** Returns the values of each line of a header, whose name counts in any case; maybe none. */
  List<String> header(String name);

  /** Returns the scope of the request's key. */
  KeyScope scope();

  /** Returns the body, which is read once and not closed. */
  InputStream body() throws IOException;

  /**
   * Runs what the request asks for, and returns when its response is whole. Nothing of it is sent:
   * whether the client is still there is no matter.
   *
   * @param requestBody the bytes of the body, as {@link #body} cannot be read again
   * @param responseBody takes the bytes of the response, and forgets what is too much
   */
  RecordedResponse run(
      Attempt<RecordedResponse> attempt, byte[] requestBody, BoundedBody responseBody)
      throws Exception;
}
