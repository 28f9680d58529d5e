package dev.corral.http;

import java.net.http.HttpResponse;

/** How an attempt has ended, for the request that it is of. */
sealed interface Step<T> {

  /** With an answer for the caller. */
  record Done<T>(HttpResponse<T> response) implements Step<T> {}

  /** With nothing, and nothing is to follow. */
  record Failed<T>(Throwable failure) implements Step<T> {}

  /** With something that another attempt follows upon. */
  record Again<T>(long pauseNanos) implements Step<T> {}
}
