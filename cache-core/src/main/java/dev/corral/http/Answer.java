package dev.corral.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpHeaders;
import java.net.http.HttpTimeoutException;
import java.security.cert.CertificateException;
import java.util.List;

/** What an attempt has come to, as far as it matters for what to do next. */
sealed interface Answer {

  /**
   * The server has answered.
   *
   * @param replayed whether this is what it keeps for the key of the request, and will not change
   */
  record Status(int code, boolean replayed) implements Answer {

    /** Reads an answer; what has no key has nothing that could be replayed. */
    static Status of(int code, HttpHeaders headers, boolean keyed) {
      List<String> values = headers.allValues("Idempotency-Replayed");
      boolean marked = values.size() == 1 && values.get(0).strip().equalsIgnoreCase("true");
      return new Status(code, keyed && marked);
    }

    /** Whether the server does not do well now; a replay tells of an earlier time. */
    boolean isFault() {
      return code >= 500 && !replayed;
    }
  }

  /** The server has not, or not to the end. */
  enum Failure implements Answer {
    /** No connection came about, so the server knows nothing of the request. */
    NOT_CONNECTED,
    /** The time of the attempt was over. */
    TIMED_OUT,
    /** The connection was lost, or brought nonsense. */
    CUT,
    /** The certificate of the server is not one to be trusted. */
    UNTRUSTED;

    static Failure of(IOException failure) {
      Throwable at = failure;
      for (int depth = 0; at != null && depth < 16; depth++) {
        if (at instanceof CertificateException) {
          return UNTRUSTED;
        }
        at = at.getCause();
      }
      if (failure instanceof ConnectException
          || failure instanceof java.net.http.HttpConnectTimeoutException) {
        return NOT_CONNECTED;
      }
      return failure instanceof HttpTimeoutException ? TIMED_OUT : CUT;
    }
  }
}
