package dev.corral.http;

import dev.corral.http.Answer.Failure;
import dev.corral.http.Answer.Status;
import dev.corral.http.Decision.AskAgain;
import dev.corral.http.Decision.Fail;
import dev.corral.http.Decision.Retry;
import dev.corral.http.Decision.Return;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is sent again, as a table. Pure: neither time nor budget is looked at here.
 *
 * @param maxAttempts how often a request is sent, answers "in progress" not counted
 * @param maxInProgress after how many answers "in progress" nobody waits any longer
 * @param longestRetryAfter what longer pause is not waited for
 */
record RetryRules(int maxAttempts, int maxInProgress, Duration longestRetryAfter) {

  /**
   * Decides.
   *
   * @param past with the answer
   * @param retryAfter what the answer says about it; null if nothing that makes sense
   */
  Decision decide(Asked asked, Answer answer, Past past, @Nullable Duration retryAfter) {
    if (answer instanceof Status status) {
      if (status.replayed()) {
        return new Return(null);
      }
      return switch (status.code()) {
        case 409 -> inProgress(asked, past, retryAfter);
        case 500 -> internalError(asked, past, retryAfter);
        case 408, 429, 502, 503, 504 -> passing(asked, past, retryAfter);
        default -> new Return(null);
      };
    }
    if (answer == Failure.UNTRUSTED) {
      return new Fail(GaveUp.UNTRUSTED);
    }
    GaveUp obstacle = obstacle(asked, past, Duration.ZERO);
    return obstacle == null ? new Retry(Duration.ZERO) : new Fail(obstacle);
  }

  private Decision passing(Asked asked, Past past, @Nullable Duration retryAfter) {
    Duration atLeast = retryAfter == null ? Duration.ZERO : retryAfter;
    GaveUp obstacle = obstacle(asked, past, atLeast);
    return obstacle == null ? new Retry(atLeast) : new Return(obstacle);
  }

  /** A bug as likely as not, which the next attempt would meet again: so once, and with a key. */
  private Decision internalError(Asked asked, Past past, @Nullable Duration retryAfter) {
    return asked.keyed() && past.internalErrors() > 1
        ? new Return(GaveUp.OUT_OF_ATTEMPTS)
        : asked.keyed() ? passing(asked, past, retryAfter) : new Return(GaveUp.NOT_REPEATABLE);
  }

  /** Without a key, or without saying when to come back, it is a conflict of another kind. */
  private Decision inProgress(Asked asked, Past past, @Nullable Duration retryAfter) {
    if (!asked.keyed() || retryAfter == null) {
      return new Return(null);
    }
    if (!asked.resendable()) {
      return new Return(GaveUp.NOT_REPEATABLE);
    }
    if (past.inProgress() > maxInProgress) {
      return new Return(GaveUp.OUT_OF_ATTEMPTS);
    }
    return isTooLong(retryAfter)
        ? new Return(GaveUp.RETRY_AFTER_TOO_LONG)
        : new AskAgain(retryAfter);
  }

  private @Nullable GaveUp obstacle(Asked asked, Past past, Duration atLeast) {
    if (!asked.isRepeatable()) {
      return GaveUp.NOT_REPEATABLE;
    }
    if (past.attempts() >= maxAttempts) {
      return GaveUp.OUT_OF_ATTEMPTS;
    }
    return isTooLong(atLeast) ? GaveUp.RETRY_AFTER_TOO_LONG : null;
  }

  private boolean isTooLong(Duration atLeast) {
    return atLeast.compareTo(longestRetryAfter) > 0;
  }
}
