package dev.corral.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.security.cert.CertificateException;

/** What an attempt has come to, as far as it matters for what to do next. */
sealed interface Answer {

  /** The server has answered. */
  record Status(int code) implements Answer {}

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
