package dev.corral.redis;

import dev.corral.idempotency.EndAnswer;
import dev.corral.idempotency.IdempotencyKey;
import dev.corral.idempotency.IdempotencyStore;
import dev.corral.idempotency.IdempotencyStoreException;
import dev.corral.idempotency.OutcomeFront;
import dev.corral.idempotency.Reservation;
import dev.corral.idempotency.ReserveAnswer;
import dev.corral.idempotency.ReserveRequest;
import dev.corral.idempotency.StoredOutcome;
import dev.corral.idempotency.Watch;
import dev.corral.idempotency.Watches;
import dev.corral.remote.RemoteStoreException;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;

/**
 * Outcomes of writes that happen once, in Redis 7.0 or later, or Valkey: standalone, behind
 * Sentinel or as a cluster. Each step is one round trip, and those who wait are told.
 *
 * <pre>{@code
 * RedisIdempotencyStore store = RedisIdempotencyStore.builder(jedis).namespace("shop").build();
 * }</pre>
 *
 * <p>As durable as that Redis is: what a failover loses, or an eviction drops, is run again, unless
 * its outcome comes before somebody asks. Where that must not be, let a database decide, and put
 * this in front of it as an {@link OutcomeFront}.
 *
 * <p>Thread-safe. From the first {@link #watch} until {@link #close} it keeps one of the client's
 * connections, on which it listens, so the client's pool must have at least two. Closing the store
 * does not close the client; close the store first. A Redis that does not answer is known to be
 * away after a few steps: from then on steps are refused at once.
 */
public final class RedisIdempotencyStore implements IdempotencyStore, OutcomeFront {

  private static final Logger log = LoggerFactory.getLogger(RedisIdempotencyStore.class);

  /** Nobody has it: reading it asks Redis for an answer, and no more. */
  private static final IdempotencyKey PROBED = IdempotencyKey.of("corral", "probe", "probe");

  private final String namespace;
  private final IdempotencyScripts scripts;
  private final ScheduledExecutorService timer = RedisStore.newTimer();
  private final Watches watches;
  private final RoundTrip roundTrip;
  private final Breaker breaker;
  private final Steps steps;
  private final Subscription subscription;

  RedisIdempotencyStore(RedisIdempotencyStoreBuilder builder) {
    UnifiedJedis jedis = builder.jedis;
    namespace = builder.namespace;
    watches = new Watches(builder.firstLook, builder.longestLook);
    Tokens tokens = new Tokens();
    scripts = new IdempotencyScripts(namespace, tokens);
    Limits limits = builder.limits;
    Pools pools = Pools.of(jedis);
    pools.requireRoom();
    Gate gate = new Gate(limits.connections() > 0 ? limits.connections() : pools.stepsAtOnce());
    roundTrip = new RoundTrip(jedis, Topology.of(jedis, timer));
    breaker =
        new Breaker("idempotency in " + namespace, limits.slowAfter(), gate, this::probe, timer);
    steps = new Steps(breaker, gate, pools, limits.connectionWait());
    subscription =
        new Subscription(
            new Listening(jedis, pools, timer, limits.heartbeat()),
            Bytes.concat(RedisKeys.nodeChannelPrefix(namespace), Bytes.ascii(tokens.nodeHex())),
            this::received,
            this::reached);
  }

  /** Begins to build a store that uses the given client. */
  public static RedisIdempotencyStoreBuilder builder(UnifiedJedis jedis) {
    return new RedisIdempotencyStoreBuilder(jedis);
  }

  @Override
  public ReserveAnswer reserve(ReserveRequest request) {
    return step(
        "reserve",
        request.key(),
        scripts.reserve(request),
        reply -> IdempotencyReplies.reserve(reply, request));
  }

  @Override
  public boolean renew(Reservation reservation) {
    return step("renew", reservation.key(), scripts.renew(reservation), IdempotencyReplies::stands);
  }

  @Override
  public EndAnswer complete(Reservation reservation, StoredOutcome outcome) {
    return step(
        "complete",
        reservation.key(),
        scripts.complete(reservation, outcome),
        IdempotencyReplies::end);
  }

  @Override
  public EndAnswer release(Reservation reservation) {
    return step(
        "release", reservation.key(), scripts.release(reservation), IdempotencyReplies::end);
  }

  @Override
  public Optional<Finished> find(IdempotencyKey key) {
    return step("find", key, scripts.find(key), IdempotencyReplies::finished);
  }

  @Override
  public void put(IdempotencyKey key, Finished finished) {
    step("put", key, scripts.put(key, finished), IdempotencyReplies::stands);
  }

  private <A> A step(
      String name, IdempotencyKey key, ScriptCall call, Function<@Nullable Object, A> answer) {
    try {
      return steps.take(
          Step.ofIdempotency(name, key.toString(), namespace),
          () -> answer.apply(roundTrip.call(call)));
    } catch (RemoteStoreException e) {
      throw new IdempotencyStoreException(String.valueOf(e.getMessage()), e, e.isRefused());
    }
  }

  @Override
  public Watch watch(IdempotencyKey key) {
    Watch watch = watches.begin(key.digest());
    // Afterwards, so that it is woken when the subscription stands: what came before, nobody told.
    subscription.start();
    return watch;
  }

  private void received(byte[] message) {
    byte[] digest = IdempotencyScripts.digest(message);
    if (digest.length == 0) {
      log.debug("Ignored a message that makes no sense, in namespace {}", namespace);
    } else {
      watches.wake(digest);
    }
  }

  /** The subscription is new: nobody knows what was told before it. */
  private void reached() {
    breaker.hint();
    watches.wakeAll();
  }

  private void probe() {
    roundTrip.call(scripts.find(PROBED));
  }

  /** Drops nothing: Redis does so by itself. */
  @Override
  public int purge(int most) {
    return 0;
  }

  @Override
  public void close() {
    subscription.close();
    breaker.close();
    timer.shutdown();
  }
}
