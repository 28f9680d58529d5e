package dev.corral.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every store of outcomes keeps, whatever remembers for it. */
@Timeout(60)
public abstract class IdempotencyStoreContract {

  protected static final Duration LONG = Duration.ofHours(1);
  protected static final Duration SHORT = Duration.ofMillis(40);
  private static final Duration SECOND = Duration.ofSeconds(1);
  protected static final Duration LONGER = Duration.ofMillis(80);

  protected static final Fingerprint ONE = Fingerprint.of("one request");
  private static final Fingerprint OTHER = Fingerprint.of("another request");

  private final List<IdempotencyStore> opened = new ArrayList<>();
  protected final IdempotencyKey key = IdempotencyKey.of("acme", "charge", UUID.randomUUID());

  protected IdempotencyStore store = new InMemoryIdempotencyStore();

  /** Opens the store, as another process would: all that are opened share what they know. */
  protected abstract IdempotencyStore open();

  /** Lets time pass for the store. */
  protected abstract void passTime(Duration time);

  /** Returns what a store answers that is told an outcome, and has no record of the key. */
  protected EndAnswer completedWithoutARecord() {
    return new EndAnswer.Lost();
  }

  @BeforeEach
  final void openOne() {
    store = openAnother();
  }

  @AfterEach
  final void closeAll() {
    opened.forEach(IdempotencyStore::close);
  }

  protected final IdempotencyStore openAnother() {
    IdempotencyStore another = open();
    opened.add(another);
    return another;
  }

  protected final ReserveRequest request(
      Fingerprint fingerprint, Duration time, Duration retention) {
    return new ReserveRequest(
        key, fingerprint, UUID.randomUUID(), time, retention, DeadHolderPolicy.RUN_AGAIN);
  }

  private ReserveRequest request() {
    return request(ONE, LONG, LONG);
  }

  private ReserveRequest refusing() {
    return new ReserveRequest(key, ONE, UUID.randomUUID(), LONG, LONG, DeadHolderPolicy.REFUSE);
  }

  protected final Reservation reserve(Duration time, Duration retention) {
    return reserved(store.reserve(request(ONE, time, retention)));
  }

  protected static Reservation reserved(ReserveAnswer answer) {
    if (answer instanceof ReserveAnswer.Reserved reserved) {
      return reserved.reservation();
    }
    return fail("not reserved: " + answer);
  }

  private static ReserveAnswer.Done done(ReserveAnswer answer) {
    if (answer instanceof ReserveAnswer.Done done) {
      return done;
    }
    return fail("not done: " + answer);
  }

  private static StoredOutcome outcome(String text) {
    return new StoredOutcome(text.getBytes(UTF_8));
  }

  /** The same reservation, to be renewed for another time. */
  private static Reservation lasting(Reservation reservation, Duration time) {
    return new Reservation(
        reservation.key(),
        reservation.fingerprint(),
        reservation.token(),
        reservation.attempt(),
        time,
        reservation.retention());
  }

  @Test
  void aKeyThatNobodyHasIsReserved() {
    ReserveRequest request = request();

    assertThat(store.reserve(request)).isEqualTo(new ReserveAnswer.Reserved(request.granted(1)));
  }

  @Test
  void whoComesMeanwhileIsToldForHowLong() {
    reserve(LONG, LONG);

    ReserveAnswer answer = openAnother().reserve(request());

    assertThat(answer)
        .isInstanceOfSatisfying(
            ReserveAnswer.InProgress.class,
            held -> assertThat(held.left()).isBetween(Duration.ofMinutes(50), LONG));
  }

  @Test
  void askingAgainWithTheSameTokenIsHarmless() {
    ReserveRequest request = request();
    store.reserve(request);

    assertThat(store.reserve(request)).isEqualTo(new ReserveAnswer.Reserved(request.granted(1)));
  }

  @Test
  void askingAgainWithTheSameTokenMakesItLastFromThenOn() {
    ReserveRequest first = request(ONE, SHORT, LONG);
    store.reserve(first);
    passTime(LONGER);
    ReserveRequest again =
        new ReserveRequest(key, ONE, first.token(), LONG, LONG, DeadHolderPolicy.RUN_AGAIN);

    assertThat(store.reserve(again)).isEqualTo(new ReserveAnswer.Reserved(again.granted(1)));

    assertThat(openAnother().reserve(request()))
        .isInstanceOfSatisfying(
            ReserveAnswer.InProgress.class,
            held -> assertThat(held.left()).isBetween(Duration.ofMinutes(50), LONG));
  }

  @Test
  void anOutcomeIsGivenToWhoeverComesLater() {
    Reservation reservation = reserve(LONG, LONG);

    assertThat(store.complete(reservation, outcome("done"))).isEqualTo(new EndAnswer.Ended());

    ReserveAnswer.Done done = done(openAnother().reserve(request()));
    assertThat(done.outcome()).isEqualTo(outcome("done"));
    assertThat(done.left()).isBetween(Duration.ofMinutes(50), LONG);
  }

  @Test
  void bytesOfAllKindsComeBack() {
    byte[] bytes = new byte[70_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    store.complete(reserve(LONG, LONG), new StoredOutcome(bytes));

    assertThat(done(store.reserve(request())).outcome()).isEqualTo(new StoredOutcome(bytes));
  }

  @Test
  void anEmptyOutcomeIsAnOutcome() {
    store.complete(reserve(LONG, LONG), new StoredOutcome(new byte[0]));

    assertThat(done(store.reserve(request())).outcome().bytes()).isEmpty();
  }

  @Test
  void anotherRequestDoesNotGetTheKey() {
    Reservation reservation = reserve(LONG, LONG);

    assertThat(store.reserve(request(OTHER, LONG, LONG))).isEqualTo(new ReserveAnswer.Reused());

    store.complete(reservation, outcome("done"));
    assertThat(store.reserve(request(OTHER, LONG, LONG))).isEqualTo(new ReserveAnswer.Reused());
  }

  @Test
  void anotherRequestDoesNotGetTheKeyOfOneWhoDiedEither() {
    reserve(SHORT, LONG);
    passTime(LONGER);

    assertThat(store.reserve(request(OTHER, LONG, LONG))).isEqualTo(new ReserveAnswer.Reused());
  }

  @Test
  void whoComesAfterAHolderThatDiedTakesItsPlace() {
    reserve(SHORT, LONG);
    passTime(LONGER);

    assertThat(reserved(store.reserve(request(ONE, SHORT, LONG))).attempt()).isEqualTo(2);

    passTime(LONGER);
    assertThat(reserved(openAnother().reserve(request())).attempt()).isEqualTo(3);
    assertThat(store.reserve(request())).isInstanceOf(ReserveAnswer.InProgress.class);
  }

  @Test
  void whoRefusesIsToldThatTheHolderDied() {
    reserve(SHORT, LONG);
    assertThat(store.reserve(refusing()))
        .isInstanceOfAny(ReserveAnswer.InProgress.class, ReserveAnswer.Abandoned.class);
    passTime(LONGER);

    assertThat(store.reserve(refusing())).isEqualTo(new ReserveAnswer.Abandoned());
    assertThat(store.reserve(refusing())).isEqualTo(new ReserveAnswer.Abandoned());
  }

  @Test
  void whoLostTheReservationCannotOverwrite() {
    Reservation first = reserve(SHORT, LONG);
    passTime(LONGER);
    Reservation second = reserved(store.reserve(request()));

    assertThat(store.complete(first, outcome("first"))).isEqualTo(new EndAnswer.Lost());
    assertThat(store.release(first)).isEqualTo(new EndAnswer.Lost());
    assertThat(store.renew(first)).isFalse();

    assertThat(store.complete(second, outcome("second"))).isEqualTo(new EndAnswer.Ended());
    assertThat(store.complete(first, outcome("first"))).isEqualTo(new EndAnswer.Lost());
    assertThat(store.release(first)).isEqualTo(new EndAnswer.Lost());
    assertThat(done(store.reserve(request())).outcome()).isEqualTo(outcome("second"));
  }

  @Test
  void aReservationThatExpiredAndThatNobodyTookCanStillBeCompleted() {
    Reservation reservation = reserve(SHORT, LONG);
    passTime(LONGER);

    assertThat(store.complete(reservation, outcome("late"))).isEqualTo(new EndAnswer.Ended());
    assertThat(done(store.reserve(request())).outcome()).isEqualTo(outcome("late"));
  }

  @Test
  void aRenewedReservationLastsFromThenOn() {
    Reservation reservation = reserve(SHORT, LONG);

    assertThat(store.renew(lasting(reservation, LONG))).isTrue();
    passTime(LONGER);

    assertThat(store.reserve(request())).isInstanceOf(ReserveAnswer.InProgress.class);
  }

  @Test
  void theRecordOfARenewedReservationIsKeptFromThenOn() {
    Reservation reservation = reserve(SHORT, SECOND);
    store.renew(new Reservation(key, ONE, reservation.token(), 1, LONG, LONG));
    passTime(SECOND);

    assertThat(store.reserve(request())).isInstanceOf(ReserveAnswer.InProgress.class);
  }

  @Test
  void whatIsDoneIsNotRenewed() {
    Reservation reservation = reserve(LONG, LONG);
    store.complete(reservation, outcome("done"));

    assertThat(store.renew(reservation)).isFalse();
  }

  @Test
  void completingTwiceTellsWhatIsStored() {
    Reservation reservation = reserve(LONG, LONG);
    store.complete(reservation, outcome("done"));

    assertThat(store.complete(reservation, outcome("again")))
        .isEqualTo(new EndAnswer.AlreadyDone(outcome("done")));
    assertThat(store.release(reservation)).isEqualTo(new EndAnswer.AlreadyDone(outcome("done")));
    assertThat(done(store.reserve(request())).outcome()).isEqualTo(outcome("done"));
  }

  @Test
  void aReleasedKeyIsAsGoodAsNew() {
    Reservation reservation = reserve(LONG, LONG);

    assertThat(store.release(reservation)).isEqualTo(new EndAnswer.Ended());
    assertThat(store.renew(reservation)).isFalse();
    assertThat(store.release(reservation)).isEqualTo(new EndAnswer.Lost());

    assertThat(reserved(openAnother().reserve(request(OTHER, LONG, LONG))).attempt()).isEqualTo(1);
    assertThat(store.complete(reservation, outcome("late"))).isEqualTo(new EndAnswer.Lost());
  }

  /** Nobody does this after a release; a store cannot tell that from a record that it has lost. */
  @Test
  void whatHasNoRecordIsCompletedWhereRecordsGetLost() {
    Reservation reservation = reserve(LONG, LONG);
    store.release(reservation);

    assertThat(store.complete(reservation, outcome("late"))).isEqualTo(completedWithoutARecord());
  }

  @Test
  void aReleaseDoesNotForgetThatAHolderDied() {
    reserve(SHORT, LONG);
    passTime(LONGER);
    Reservation second = reserve(LONG, LONG);
    assertThat(second.attempt()).isEqualTo(2);

    assertThat(store.release(second)).isEqualTo(new EndAnswer.Ended());

    // A step of its own that was overtaken by the release does not take the key again.
    assertThat(store.renew(second)).isFalse();
    assertThat(store.complete(second, outcome("late"))).isEqualTo(new EndAnswer.Lost());
    assertThat(openAnother().reserve(refusing())).isEqualTo(new ReserveAnswer.Abandoned());
    assertThat(openAnother().reserve(request(OTHER, LONG, LONG)))
        .isEqualTo(new ReserveAnswer.Reused());
    assertThat(reserved(openAnother().reserve(request())).attempt()).isEqualTo(3);
    assertThat(store.complete(second, outcome("late"))).isEqualTo(new EndAnswer.Lost());
  }

  @Test
  void anOutcomeIsForgottenAfterItsRetention() {
    store.complete(reserve(SHORT, SHORT), outcome("done"));
    passTime(LONGER);

    assertThat(reserved(store.reserve(request(OTHER, LONG, LONG))).attempt()).isEqualTo(1);
  }

  @Test
  void aHolderThatDiedIsForgottenAfterTheRetention() {
    reserve(SHORT, SHORT);
    passTime(LONGER);

    assertThat(reserved(store.reserve(request(OTHER, LONG, LONG))).attempt()).isEqualTo(1);
  }

  @Test
  void keysOfTenantsAndOperationsAreApart() {
    reserve(LONG, LONG);

    for (IdempotencyKey other :
        List.of(
            new IdempotencyKey("other", key.operation(), key.parts()),
            new IdempotencyKey(key.tenant(), "refund", key.parts()),
            IdempotencyKey.composite(key.tenant(), key.operation(), key.parts().get(0), "2"))) {
      ReserveRequest request =
          new ReserveRequest(other, ONE, UUID.randomUUID(), LONG, LONG, DeadHolderPolicy.RUN_AGAIN);
      assertThat(store.reserve(request)).isInstanceOf(ReserveAnswer.Reserved.class);
    }
  }

  @Test
  void keysAndTenantsMayHoldAnyText() {
    String odd = "a:{b} 'ü' 🐎 \"%s\" \\ --";
    IdempotencyKey strange = IdempotencyKey.composite(odd, odd, odd, key.parts().get(0));
    ReserveRequest request =
        new ReserveRequest(strange, ONE, UUID.randomUUID(), LONG, LONG, DeadHolderPolicy.RUN_AGAIN);

    Reservation reservation = reserved(store.reserve(request));
    store.complete(reservation, outcome("done"));

    assertThat(done(store.reserve(request)).outcome()).isEqualTo(outcome("done"));
  }

  @Test
  void ofManyWhoComeAtOnceOneGetsTheKey() throws Exception {
    assertThat(grantedOfMany(ONE)).hasSize(1);
  }

  @Test
  void ofManyWhoFindAHolderThatDiedOneTakesItsPlace() throws Exception {
    reserve(SHORT, LONG);
    passTime(LONGER);

    assertThat(grantedOfMany(ONE)).singleElement().extracting(Reservation::attempt).isEqualTo(2);
  }

  @Test
  void ofManyWhoFindAnExpiredRecordOneGetsTheKey() throws Exception {
    store.complete(reserve(SHORT, SHORT), outcome("old"));
    passTime(LONGER);

    assertThat(grantedOfMany(OTHER)).singleElement().extracting(Reservation::attempt).isEqualTo(1);
  }

  private List<Reservation> grantedOfMany(Fingerprint fingerprint) throws Exception {
    int many = 16;
    List<IdempotencyStore> nodes = List.of(store, openAnother());
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(many);
    try {
      List<Future<ReserveAnswer>> answers = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        IdempotencyStore node = nodes.get(i % nodes.size());
        answers.add(
            threads.submit(
                () -> {
                  start.await();
                  return node.reserve(request(fingerprint, LONG, LONG));
                }));
      }
      start.countDown();
      List<Reservation> granted = new ArrayList<>();
      for (Future<ReserveAnswer> answer : answers) {
        if (answer.get() instanceof ReserveAnswer.Reserved reserved) {
          granted.add(reserved.reservation());
        } else {
          assertThat(answer.get()).isInstanceOf(ReserveAnswer.InProgress.class);
        }
      }
      return granted;
    } finally {
      threads.shutdownNow();
    }
  }

  /** A watch ends: because of the outcome, or in time to ask. Nobody is left waiting. */
  @Test
  void whoWatchesIsWokenOrLooksByItself() throws Exception {
    Reservation reservation = reserve(LONG, LONG);
    IdempotencyStore other = openAnother();
    ExecutorService threads = Executors.newFixedThreadPool(1);
    CountDownLatch watching = new CountDownLatch(1);
    try {
      Future<StoredOutcome> found =
          threads.submit(
              () -> {
                try (Watch watch = other.watch(key)) {
                  ReserveAnswer answer = other.reserve(request());
                  while (!(answer instanceof ReserveAnswer.Done)) {
                    watching.countDown();
                    watch.await(LONG);
                    answer = other.reserve(request());
                  }
                  return done(answer).outcome();
                }
              });
      watching.await();
      store.complete(reservation, outcome("done"));

      assertThat(found.get()).isEqualTo(outcome("done"));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whatHasExpiredIsPurgedAndNothingElse() {
    store.complete(reserve(SHORT, SHORT), outcome("old"));
    IdempotencyKey standing = IdempotencyKey.of("acme", "charge", UUID.randomUUID());
    Reservation kept =
        reserved(
            store.reserve(
                new ReserveRequest(
                    standing, ONE, UUID.randomUUID(), LONG, LONG, DeadHolderPolicy.RUN_AGAIN)));
    passTime(LONGER);

    int purged = store.purge(1_000);

    assertThat(purged).isBetween(0, 1_000);
    assertThat(store.purge(1_000)).isZero();
    assertThat(store.complete(kept, outcome("kept"))).isEqualTo(new EndAnswer.Ended());
  }
}
