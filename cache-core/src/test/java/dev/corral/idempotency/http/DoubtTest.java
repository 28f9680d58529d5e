package dev.corral.idempotency.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.idempotency.Attempt;
import dev.corral.idempotency.DeadHolderPolicy;
import dev.corral.idempotency.EndAnswer;
import dev.corral.idempotency.Fingerprint;
import dev.corral.idempotency.IdempotencyKey;
import dev.corral.idempotency.InMemoryIdempotencyStore;
import dev.corral.idempotency.Reservation;
import dev.corral.idempotency.ReserveAnswer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That a request is not run again is told where that is so, and nowhere else. */
class DoubtTest {

  private static final String NOT_AGAIN = "It is not run again for this key";
  private static final String AGAIN = "Send the same request with the same key again";
  private static final String NOTHING = "Nothing has been done";
  private static final String NOT_KNOWN = "Whether an earlier one with this key took effect is not";

  private final ScriptedStore store = new ScriptedStore(new InMemoryIdempotencyStore());

  /** What runs a request. */
  interface Run {
    RecordedResponse run(Attempt<RecordedResponse> attempt, BoundedBody body) throws Exception;
  }

  private record Call(Run run) implements HttpCall {

    @Override
    public String method() {
      return "POST";
    }

    @Override
    public String target() {
      return "/charges";
    }

    @Override
    public List<String> header(String name) {
      return List.of("1");
    }

    @Override
    public KeyScope scope() {
      return new KeyScope("acme", "charge");
    }

    @Override
    public InputStream body() {
      return new ByteArrayInputStream(new byte[0]);
    }

    @Override
    public RecordedResponse run(
        Attempt<RecordedResponse> attempt, byte[] requestBody, BoundedBody responseBody)
        throws Exception {
      return run.run(attempt, responseBody);
    }
  }

  /** Returns what is told of the first of some requests, and of the last. */
  private String told(DeadHolderPolicy policy, String problem, Run... runs) throws Exception {
    String told = "";
    try (HttpIdempotency rules =
        HttpIdempotency.builder(store)
            .maximumResponseBytes(1)
            .options(it -> it.deadHolder(policy).retryOn(UnsupportedOperationException.class))
            .build()) {
      for (Run run : runs) {
        RecordedResponse response = rules.answer(new Call(run));
        told = new String(response.body(), UTF_8);
        assertThat(response.status()).isEqualTo(500);
        assertThat(told).contains("\"urn:corral:idempotency:" + problem + "\"");
      }
    }
    return told;
  }

  private static void assertToldOf(DeadHolderPolicy policy, String told) {
    if (policy == DeadHolderPolicy.REFUSE) {
      assertThat(told).contains(NOT_AGAIN).doesNotContain(AGAIN);
    } else {
      assertThat(told).contains(AGAIN).doesNotContain("not run again");
    }
  }

  private static RecordedResponse fail() {
    throw new IllegalStateException("secret");
  }

  private static RecordedResponse tooLarge(BoundedBody body) {
    body.write('1');
    body.write('2');
    return RecordedResponse.of(200, List.of(), body.toBytes());
  }

  @ParameterizedTest
  @EnumSource(DeadHolderPolicy.class)
  void aStoredFailureIsNotRunAgain(DeadHolderPolicy policy) throws Exception {
    assertThat(told(policy, "failed", (attempt, body) -> fail())).contains(NOT_AGAIN);
    assertThat(told(policy, "failed", (attempt, body) -> fail())).contains(NOT_AGAIN);
  }

  @ParameterizedTest
  @EnumSource(DeadHolderPolicy.class)
  void aFailureThatIsNotStoredIsRunAgainIfThePolicySaysSo(DeadHolderPolicy policy)
      throws Exception {
    String told =
        told(
            policy,
            "failed",
            (attempt, body) -> {
              store.goAway(true);
              return fail();
            });

    assertToldOf(policy, told);
  }

  @ParameterizedTest
  @EnumSource(DeadHolderPolicy.class)
  void aResponseThatIsTooLargeIsNotRunAgainOnceThatIsStored(DeadHolderPolicy policy)
      throws Exception {
    assertThat(told(policy, "response-not-kept", (attempt, body) -> tooLarge(body)))
        .contains(NOT_AGAIN);
  }

  @ParameterizedTest
  @EnumSource(DeadHolderPolicy.class)
  void aResponseThatIsTooLargeIsRunAgainIfThatIsNotStored(DeadHolderPolicy policy)
      throws Exception {
    String told =
        told(
            policy,
            "response-not-kept",
            (attempt, body) -> {
              store.goAway(true);
              return tooLarge(body);
            });

    assertToldOf(policy, told);
  }

  @ParameterizedTest
  @EnumSource(DeadHolderPolicy.class)
  void whatWasInterruptedIsRunAgainIfThePolicySaysSo(DeadHolderPolicy policy) throws Exception {
    String told =
        told(
            policy,
            "outcome-unknown",
            (attempt, body) -> {
              throw new InterruptedException();
            });

    assertThat(Thread.interrupted()).isTrue();
    assertToldOf(policy, told);
  }

  @ParameterizedTest
  @EnumSource(DeadHolderPolicy.class)
  void aTransactionInDoubtMayStillFreeTheKey(DeadHolderPolicy policy) throws Exception {
    String told =
        told(
            policy,
            "outcome-unknown",
            (attempt, body) -> {
              attempt.outcome(RecordedResponse.of(201, List.of(), new byte[0])).writing();
              store.goAway(true);
              throw new UnsupportedOperationException("the commit failed");
            });

    assertToldOf(DeadHolderPolicy.RUN_AGAIN, told);
  }

  private HttpIdempotency rules() {
    return HttpIdempotency.builder(store)
        .options(it -> it.retryOn(UnsupportedOperationException.class))
        .build();
  }

  private static RecordedResponse charged() {
    return RecordedResponse.of(201, List.of(), new byte[0]);
  }

  private static RecordedResponse busy() {
    throw new UnsupportedOperationException("busy");
  }

  private static String told(HttpIdempotency rules, String problem, Run run) throws Exception {
    RecordedResponse response = rules.answer(new Call(run));
    String told = new String(response.body(), UTF_8);
    assertThat(response.status()).isEqualTo(503);
    assertThat(told).contains("\"urn:corral:idempotency:" + problem + "\"");
    return told;
  }

  private static void assertNotKnown(String told) {
    assertThat(told).contains(NOT_KNOWN, AGAIN).doesNotContain(NOTHING);
  }

  /** Says that the key is the caller's, as of a holder after which others have died. */
  private static ReserveAnswer reserved(int attempt) {
    IdempotencyKey key = IdempotencyKey.of("acme", "charge", "1");
    Duration time = Duration.ofSeconds(30);
    return new ReserveAnswer.Reserved(
        new Reservation(key, Fingerprint.none(), UUID.randomUUID(), attempt, time, time));
  }

  @Test
  void whileTheStoreIsAwayNobodyKnowsWhatAnEarlierRequestHasDone() throws Exception {
    try (HttpIdempotency rules = rules()) {
      assertThat(rules.answer(new Call((attempt, body) -> charged())).status()).isEqualTo(201);
      store.goAway(true);

      assertNotKnown(told(rules, "store-away", (attempt, body) -> charged()));
    }
  }

  @Test
  void aRetryableFailureSaysNothingOfTheHoldersThatDied() throws Exception {
    store.nextReserve(reserved(2));
    try (HttpIdempotency rules = rules()) {
      assertNotKnown(told(rules, "not-done", (attempt, body) -> busy()));
    }
  }

  @Test
  void aRetryableFailureSaysNothingOfWhoTookTheKeyMeanwhile() throws Exception {
    try (HttpIdempotency rules = rules()) {
      String told =
          told(
              rules,
              "not-done",
              (attempt, body) -> {
                store.nextRelease(new EndAnswer.Lost());
                return busy();
              });

      assertNotKnown(told);
    }
  }

  @Test
  void aRetryableFailureOfTheOnlyRunHasDoneNothing() throws Exception {
    try (HttpIdempotency rules = rules()) {
      assertThat(told(rules, "not-done", (attempt, body) -> busy())).contains(NOTHING, AGAIN);
    }
  }

  @Test
  void whoWasInterruptedWhileAnotherOneRanDoesNotKnowWhatThatOneDid() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (HttpIdempotency rules = rules()) {
      Run slow =
          (attempt, body) -> {
            begun.countDown();
            go.await();
            return charged();
          };
      Future<RecordedResponse> first = thread.submit(() -> rules.answer(new Call(slow)));
      begun.await();

      Thread.currentThread().interrupt();
      String told = told(rules, "not-done", (attempt, body) -> charged());

      assertThat(Thread.interrupted()).isTrue();
      assertNotKnown(told);
      go.countDown();
      assertThat(first.get().status()).isEqualTo(201);
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void whatIsRefusedIsNotRunAgain() throws Exception {
    store.nextReserve(new ReserveAnswer.Abandoned());

    assertThat(told(DeadHolderPolicy.REFUSE, "outcome-unknown", (attempt, body) -> fail()))
        .contains(NOT_AGAIN);
  }
}
