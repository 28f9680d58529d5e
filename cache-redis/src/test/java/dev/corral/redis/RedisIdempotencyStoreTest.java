package dev.corral.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.corral.idempotency.DeadHolderPolicy;
import dev.corral.idempotency.EndAnswer;
import dev.corral.idempotency.Fingerprint;
import dev.corral.idempotency.IdempotencyKey;
import dev.corral.idempotency.IdempotencyStore;
import dev.corral.idempotency.IdempotencyStoreContract;
import dev.corral.idempotency.IdempotencyStoreException;
import dev.corral.idempotency.OutcomeFront.Finished;
import dev.corral.idempotency.Reservation;
import dev.corral.idempotency.ReserveAnswer;
import dev.corral.idempotency.ReserveRequest;
import dev.corral.idempotency.StoredOutcome;
import dev.corral.idempotency.Watch;
import dev.corral.servers.RedisServer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** The store in Redis keeps the contract of all stores, in so many round trips. */
class RedisIdempotencyStoreTest extends IdempotencyStoreContract {

  private static final RedisClient JEDIS = RedisClient.create(RedisServer.shared().uri());

  @AfterAll
  static void closeClient() {
    JEDIS.close();
  }

  @Override
  protected IdempotencyStore open() {
    return RedisIdempotencyStore.builder(JEDIS).namespace("idempotency").build();
  }

  /** Waits on the server, whose clock it is that counts. */
  @Override
  protected void passTime(Duration time) {
    JEDIS.blpop(time.toMillis() / 1000.0, "nothing:" + UUID.randomUUID());
  }

  @Override
  protected EndAnswer completedWithoutARecord() {
    return new EndAnswer.Ended();
  }

  private String record() {
    return place("idem");
  }

  private String front() {
    return place("front");
  }

  private String place(String kind) {
    return "corral:{idempotency/:%s:%s}".formatted(kind, HexFormat.of().formatHex(key.digest()));
  }

  private ReserveRequest request() {
    return request(ONE);
  }

  private ReserveRequest request(Fingerprint fingerprint) {
    return new ReserveRequest(
        key, fingerprint, UUID.randomUUID(), LONG, LONG, DeadHolderPolicy.RUN_AGAIN);
  }

  private static final StoredOutcome DONE = new StoredOutcome("done".getBytes(UTF_8));

  @Test
  void reservingReplayingAndCompletingCostOneRoundTripEach() throws Exception {
    RedisServer server = RedisServer.shared();
    try (CountingProxy proxy = new CountingProxy(server.host(), server.port());
        RedisClient jedis = RedisClient.create("127.0.0.1", proxy.port());
        IdempotencyStore counted =
            RedisIdempotencyStore.builder(jedis).namespace("idempotency").build()) {
      // Connected, and the scripts known: what is counted is the steady state.
      IdempotencyKey other = IdempotencyKey.of("acme", "charge", UUID.randomUUID());
      ReserveRequest warmUp =
          new ReserveRequest(other, ONE, UUID.randomUUID(), LONG, LONG, DeadHolderPolicy.RUN_AGAIN);
      counted.complete(reserved(counted.reserve(warmUp)), DONE);

      proxy.reset();
      Reservation reservation = reserved(counted.reserve(request()));
      assertThat(proxy.roundTrips()).as("reserve").isEqualTo(1);

      proxy.reset();
      assertThat(counted.complete(reservation, DONE)).isEqualTo(new EndAnswer.Ended());
      assertThat(proxy.roundTrips()).as("complete").isEqualTo(1);

      proxy.reset();
      assertThat(counted.reserve(request())).isInstanceOf(ReserveAnswer.Done.class);
      assertThat(proxy.roundTrips()).as("replay").isEqualTo(1);
    }
  }

  /** Those who wait never ask by themselves here: without the message, this waits for ever. */
  @Test
  void whoWaitsIsTold() throws Exception {
    Reservation reservation = reserve(LONG, LONG);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (IdempotencyStore other =
            RedisIdempotencyStore.builder(JEDIS)
                .namespace("idempotency")
                .looks(LONG, LONG)
                .build();
        Watch watch = other.watch(key)) {
      watch.await(LONG); // until the subscription stands
      assertThat(other.reserve(request())).isInstanceOf(ReserveAnswer.InProgress.class);

      Future<EndAnswer> end = thread.submit(() -> store.complete(reservation, DONE));
      watch.await(LONG);

      assertThat(end.get()).isEqualTo(new EndAnswer.Ended());
      assertThat(other.reserve(request())).isInstanceOf(ReserveAnswer.Done.class);
      assertThat(JEDIS.hexists(record(), "w")).isFalse();
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void everyNodeIsRegisteredOnce() {
    reserve(LONG, LONG);
    IdempotencyStore other = openAnother();
    for (int i = 0; i < 3; i++) {
      store.reserve(request());
      other.reserve(request());
    }

    assertThat(JEDIS.hget(record().getBytes(UTF_8), "w".getBytes(UTF_8))).hasSize(16);
  }

  @Test
  void bytesThatAreNoRecordAreAnErrorAndNothingIsRun() {
    JEDIS.set(record(), "something else");
    assertFails();

    JEDIS.del(record());
    JEDIS.hset(record(), "t", "token");
    assertFails();

    JEDIS.hset(record().getBytes(UTF_8), "f".getBytes(UTF_8), ONE.toBytes());
    assertFails();
    JEDIS.del(record());
  }

  private void assertFails() {
    assertThatExceptionOfType(IdempotencyStoreException.class)
        .isThrownBy(() -> store.reserve(request()))
        .withMessageContaining("Redis failed to reserve acme/charge/")
        .satisfies(e -> assertThat(e.isRefused()).isFalse());
  }

  /** As after a flush, an eviction, or a failover that lost the last writes. */
  @Test
  void anOutcomeWhoseRecordIsGoneIsStoredAllTheSame() {
    Reservation reservation = reserve(LONG, LONG);
    JEDIS.del(record());

    assertThat(store.renew(reservation)).isFalse();
    assertThat(store.complete(reservation, DONE)).isEqualTo(new EndAnswer.Ended());

    assertThat(store.complete(reservation, DONE)).isEqualTo(new EndAnswer.AlreadyDone(DONE));
    assertThat(store.reserve(request()))
        .isInstanceOfSatisfying(
            ReserveAnswer.Done.class,
            done -> {
              assertThat(done.outcome()).isEqualTo(DONE);
              assertThat(done.left()).isBetween(Duration.ofMinutes(50), LONG);
            });
    assertThat(store.reserve(request(Fingerprint.of("another request"))))
        .isEqualTo(new ReserveAnswer.Reused());
  }

  @Test
  void whoTookTheKeyAfterItsRecordWasGoneIsNotOverwritten() {
    Reservation first = reserve(LONG, LONG);
    JEDIS.del(record());
    Reservation second = reserve(LONG, LONG);

    assertThat(store.complete(first, DONE)).isEqualTo(new EndAnswer.Lost());
    assertThat(store.complete(second, DONE)).isEqualTo(new EndAnswer.Ended());
    assertThat(store.complete(first, DONE)).isEqualTo(new EndAnswer.Lost());
  }

  @Test
  void aRedisThatIsAwayIsAnErrorAndSoonARefusal() {
    try (RedisClient nowhere = RedisClient.create("127.0.0.1", 1);
        IdempotencyStore away = RedisIdempotencyStore.builder(nowhere).build()) {
      for (int i = 0; i < 5; i++) {
        assertThatExceptionOfType(IdempotencyStoreException.class)
            .isThrownBy(() -> away.reserve(request()));
      }

      assertThatExceptionOfType(IdempotencyStoreException.class)
          .isThrownBy(() -> away.reserve(request()))
          .satisfies(e -> assertThat(e.isRefused()).isTrue());
    }
  }

  @Test
  void whatIsPutInFrontOfAnotherStoreIsFound() {
    RedisIdempotencyStore front = (RedisIdempotencyStore) store;
    assertThat(front.find(key)).isEmpty();

    front.put(key, new Finished(ONE, DONE, LONG));

    assertThat(front.find(key))
        .hasValueSatisfying(
            found -> {
              assertThat(found.fingerprint()).isEqualTo(ONE);
              assertThat(found.outcome()).isEqualTo(DONE);
              assertThat(found.left()).isBetween(Duration.ofMinutes(50), LONG);
            });
    assertThat(JEDIS.pttl(front())).isPositive();
  }

  @Test
  void aStoreAndAFrontOfOneNamespaceDoNotMeet() {
    RedisIdempotencyStore both = (RedisIdempotencyStore) store;
    Reservation reservation = reserve(LONG, LONG);
    StoredOutcome other = new StoredOutcome("of another store".getBytes(UTF_8));

    both.put(key, new Finished(ONE, other, LONG));

    assertThat(both.complete(reservation, DONE)).isEqualTo(new EndAnswer.Ended());
    assertThat(both.find(key)).hasValueSatisfying(it -> assertThat(it.outcome()).isEqualTo(other));
    assertThat(both.reserve(request()))
        .isInstanceOfSatisfying(
            ReserveAnswer.Done.class, done -> assertThat(done.outcome()).isEqualTo(DONE));
  }

  @Test
  void messagesThatMakeNoSenseAreIgnored() {
    assertThat(IdempotencyScripts.digest(new byte[0])).isEmpty();
    assertThat(IdempotencyScripts.digest(new byte[33])).isEmpty();
    assertThat(IdempotencyScripts.digest(("1" + "x".repeat(31)).getBytes(UTF_8))).isEmpty();
    assertThat(IdempotencyScripts.digest(("1" + "x".repeat(32)).getBytes(UTF_8))).hasSize(32);
  }
}
