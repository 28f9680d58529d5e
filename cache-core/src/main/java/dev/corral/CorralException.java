package dev.corral;

import org.jspecify.annotations.Nullable;

/** What a cache throws when it cannot do what it was asked for. Each kind carries its facts. */
public abstract sealed class CorralException extends RuntimeException
    permits LoadFailedException,
        LoadInterruptedException,
        LoadRejectedException,
        LoadTimeoutException,
        UndeliveredException {

  private static final long serialVersionUID = 1L;

  CorralException(String message) {
    super(message);
  }

  CorralException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The same failure for another caller who waited, if it is one that callers share. */
  CorralException forAnotherCaller() {
    return this;
  }
}
