package dev.corral.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.http.Answer.Failure;
import dev.corral.http.Answer.Status;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table: 3 attempts, 2 answers "in progress", and pauses of 30 s at most. */
class RetryRulesTest {

  private static final RetryRules RULES = new RetryRules(3, 2, Duration.ofSeconds(30));

  private static Answer answer(String text) {
    return text.matches("\\d+.*")
        ? new Status(Integer.parseInt(text.substring(0, 3)), text.endsWith(" replayed"))
        : Failure.valueOf(text);
  }

  private static String decide(
      String method, String key, String answer, int attempt, String retryAfter) {
    Past past =
        answer.startsWith("409")
            ? new Past(0, 0, attempt)
            : new Past(attempt, answer.startsWith("500") ? attempt : 0, 0);
    return decide(
        new Asked(method, key.equals("key"), !key.equals("one-way")), answer, past, retryAfter);
  }

  private static String decide(Asked asked, String answer, Past past, String retryAfter) {
    Duration pause = retryAfter.equals("-") ? null : Duration.parse(retryAfter);
    return text(RULES.decide(asked, answer(answer), past, pause));
  }

  private static String text(Decision decision) {
    if (decision instanceof Decision.Return end) {
      return end.reason() == null ? "return" : "return, " + end.reason();
    }
    if (decision instanceof Decision.Fail fail) {
      return "fail, " + fail.reason();
    }
    if (decision instanceof Decision.AskAgain ask) {
      return "ask again after " + ask.pause();
    }
    return "retry after " + ((Decision.Retry) decision).pause();
  }

  @ParameterizedTest(name = "{0} with {1}: {2} at attempt {3}, Retry-After {4}: {5}")
  @CsvSource(
      delimiter = '|',
      value = {
        // Final, whatever it is
        "POST  | key    | 200           | 1 | -     | return",
        "POST  | key    | 200           | 1 | PT1S  | return",
        "GET   | no-key | 304           | 1 | -     | return",
        "POST  | key    | 302           | 1 | PT1S  | return",
        "POST  | key    | 400           | 1 | PT1S  | return",
        "POST  | key    | 401           | 1 | -     | return",
        "POST  | key    | 402           | 1 | -     | return",
        "GET   | no-key | 404           | 1 | PT1S  | return",
        "POST  | key    | 410           | 1 | -     | return",
        "POST  | key    | 422           | 1 | PT1S  | return",
        "POST  | key    | 423           | 1 | PT1S  | return",
        "POST  | key    | 425           | 1 | PT1S  | return",
        "POST  | key    | 501           | 1 | PT1S  | return",
        "POST  | key    | 505           | 1 | -     | return",
        "POST  | key    | 507           | 1 | PT1S  | return",
        // What passes, with a key
        "POST  | key    | 408           | 1 | -     | retry after PT0S",
        "POST  | key    | 429           | 1 | -     | retry after PT0S",
        "POST  | key    | 429           | 2 | PT7S  | retry after PT7S",
        "POST  | key    | 502           | 1 | -     | retry after PT0S",
        "POST  | key    | 503           | 1 | PT2S  | retry after PT2S",
        "POST  | key    | 504           | 2 | -     | retry after PT0S",
        "PATCH | key    | 503           | 1 | PT0S  | retry after PT0S",
        "LOCK  | key    | 503           | 1 | -     | retry after PT0S",
        "POST  | key    | 503           | 3 | -     | return, OUT_OF_ATTEMPTS",
        "POST  | key    | 503           | 1 | PT30S | retry after PT30S",
        "POST  | key    | 503           | 1 | PT31S | return, RETRY_AFTER_TOO_LONG",
        "POST  | key    | 429           | 1 | PT24H | return, RETRY_AFTER_TOO_LONG",
        // What is stored for the key would be the same again
        "POST  | key    | 500 replayed  | 1 | -     | return",
        "POST  | key    | 502 replayed  | 1 | PT1S  | return",
        "POST  | key    | 504 replayed  | 3 | -     | return",
        "POST  | key    | 503 replayed  | 1 | PT31S | return",
        "POST  | key    | 429 replayed  | 1 | PT1S  | return",
        "POST  | key    | 409 replayed  | 1 | PT1S  | return",
        "POST  | key    | 201 replayed  | 1 | -     | return",
        "POST  | one-way| 500 replayed  | 1 | -     | return",
        // Without one, the method decides
        "POST  | no-key | 503           | 1 | PT1S  | return, NOT_REPEATABLE",
        "POST  | no-key | 429           | 1 | PT1S  | return, NOT_REPEATABLE",
        "PATCH | no-key | 502           | 1 | -     | return, NOT_REPEATABLE",
        "LOCK  | no-key | 503           | 1 | -     | return, NOT_REPEATABLE",
        "get   | no-key | 503           | 1 | -     | return, NOT_REPEATABLE",
        "GET   | no-key | 503           | 1 | -     | retry after PT0S",
        "HEAD  | no-key | 504           | 1 | -     | retry after PT0S",
        "PUT   | no-key | 502           | 1 | -     | retry after PT0S",
        "DELETE| no-key | 408           | 1 | -     | retry after PT0S",
        // A bug as likely as not
        "POST  | key    | 500           | 1 | -     | retry after PT0S",
        "POST  | key    | 500           | 1 | PT3S  | retry after PT3S",
        "POST  | key    | 500           | 2 | -     | return, OUT_OF_ATTEMPTS",
        "GET   | no-key | 500           | 1 | -     | return, NOT_REPEATABLE",
        "GET   | key    | 500           | 1 | -     | retry after PT0S",
        "POST  | no-key | 500           | 1 | -     | return, NOT_REPEATABLE",
        // Its own key in progress
        "POST  | key    | 409           | 1 | PT1S  | ask again after PT1S",
        "POST  | key    | 409           | 2 | PT0S  | ask again after PT0S",
        "POST  | key    | 409           | 3 | PT1S  | return, OUT_OF_ATTEMPTS",
        "POST  | key    | 409           | 1 | PT31S | return, RETRY_AFTER_TOO_LONG",
        "POST  | key    | 409           | 1 | -     | return",
        "POST  | no-key | 409           | 1 | PT1S  | return",
        "PUT   | no-key | 409           | 1 | PT1S  | return",
        // No answer
        "POST  | key    | NOT_CONNECTED | 1 | -     | retry after PT0S",
        "POST  | key    | TIMED_OUT     | 1 | -     | retry after PT0S",
        "POST  | key    | CUT           | 2 | -     | retry after PT0S",
        "POST  | key    | CUT           | 3 | -     | fail, OUT_OF_ATTEMPTS",
        "POST  | key    | UNTRUSTED     | 1 | -     | fail, UNTRUSTED",
        "GET   | no-key | TIMED_OUT     | 1 | -     | retry after PT0S",
        "GET   | no-key | UNTRUSTED     | 1 | -     | fail, UNTRUSTED",
        "POST  | no-key | NOT_CONNECTED | 1 | -     | fail, NOT_REPEATABLE",
        "POST  | no-key | TIMED_OUT     | 1 | -     | fail, NOT_REPEATABLE",
        "PATCH | no-key | CUT           | 1 | -     | fail, NOT_REPEATABLE",
        // A body that is gone, or a caller who says no
        "PUT   | one-way| 503           | 1 | PT1S  | return, NOT_REPEATABLE",
        "GET   | one-way| CUT           | 1 | -     | fail, NOT_REPEATABLE",
      })
  void theTable(
      String method, String key, String answer, int attempt, String retryAfter, String decision) {
    assertThat(decide(method, key, answer, attempt, retryAfter)).isEqualTo(decision);
  }

  @ParameterizedTest
  @ValueSource(strings = {"408", "409", "429", "500", "502", "503", "504", "CUT", "TIMED_OUT"})
  void whatCannotBeSentAgainIsNotThoughItHasAKey(String answer) {
    Asked asked = new Asked("POST", true, false);

    assertThat(decide(asked, answer, Past.NOTHING.and(answer(answer)), "PT1S"))
        .isEqualTo((answer.matches("\\d+") ? "return" : "fail") + ", NOT_REPEATABLE");
  }

  @ParameterizedTest
  @CsvSource({"503,500,retry after PT0S", "500,500,'return, OUT_OF_ATTEMPTS'"})
  void ofAllAttemptsOneMayMeetAnInternalError(String first, String second, String decision) {
    Past past = Past.NOTHING.and(answer(first)).and(answer(second));

    assertThat(decide(new Asked("POST", true, true), second, past, "-")).isEqualTo(decision);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void answersInProgressAreNoAttempts(int many) {
    Past past = Past.NOTHING;
    for (int i = 0; i < many; i++) {
      past = past.and(new Status(409, false));
    }

    assertThat(decide(new Asked("POST", true, true), "503", past.and(new Status(503, false)), "-"))
        .isEqualTo("retry after PT0S");
  }
}
