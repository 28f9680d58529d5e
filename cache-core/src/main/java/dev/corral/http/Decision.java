package dev.corral.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What to do with an answer. */
sealed interface Decision {

  /**
   * Hand the answer to the caller.
   *
   * @param reason null if the answer is final, and another attempt would bring the same
   */
  record Return(@Nullable GaveUp reason) implements Decision {}

  /** There is no answer to hand over: throw. */
  record Fail(GaveUp reason) implements Decision {}

  /** Make another attempt. */
  sealed interface Another extends Decision {

    /** How long to wait for it. */
    Duration pause();
  }

  /**
   * Send the request again.
   *
   * @param pause until then: what the server has asked for, and in the end a random part besides
   */
  record Retry(Duration pause) implements Another {}

  /**
   * The server works on an earlier attempt: ask again for its outcome. That repeats nothing.
   *
   * @param pause until then: what the server has asked for, and in the end a random part besides
   */
  record AskAgain(Duration pause) implements Another {}
}
