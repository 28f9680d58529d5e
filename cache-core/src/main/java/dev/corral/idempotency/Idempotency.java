package dev.corral.idempotency;

import dev.corral.codec.Codec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Runs an action once per key, and gives its outcome to everybody who asks with that key: a write
 * that may be retried.
 *
 * <pre>{@code
 * Idempotency<Receipt> charges =
 *     Idempotency.builder(store, JacksonCodec.of(Receipt.class)).build();
 *
 * Executed<Receipt> charged =
 *     charges.execute(
 *         IdempotencyKey.of(tenant, "charge", header),
 *         Fingerprint.of(body),
 *         attempt -> provider.charge(order));
 * }</pre>
 *
 * <p>Thread-safe. Between the effect of an action and its outcome there is a gap in which a process
 * can die; what follows then is up to the {@link DeadHolderPolicy}.
 *
 * @param <V> the type of outcome
 */
public final class Idempotency<V> implements AutoCloseable {

  private static final int THREADS = 2;
  private static final long IDLE_SECONDS = 10;

  private final Outcomes<V> outcomes;
  private final Duration retention;
  private final Duration reservationTime;
  private final Duration waitLimit;
  private final DeadHolderPolicy deadHolder;
  private final LongSupplier ticker;
  private final List<ScheduledExecutorService> own = new ArrayList<>();
  private final Turns turns = new Turns();
  private final Counts counts = new Counts();
  private final LateEndings lateEndings;
  private final Asking asking;
  private final Runner<V> runner;
  private final Purger purger;

  Idempotency(IdempotencyBuilder<V> builder) {
    IdempotencyStore store = builder.store;
    outcomes = new Outcomes<>(builder.codec, builder.maximumOutcomeBytes);
    retention = builder.retention;
    reservationTime = builder.reservationTime;
    waitLimit = builder.waitLimit;
    deadHolder = builder.deadHolder;
    ticker = builder.ticker;
    // Apart: what waits for a store that is away, or drops a million records, holds up no renewal.
    ScheduledExecutorService renewals = schedulerOf(builder, "renewal");
    ScheduledExecutorService background = schedulerOf(builder, "background");
    lateEndings = new LateEndings(store, background, ticker, reservationTime, counts);
    asking = new Asking(store, lateEndings, ticker);
    runner =
        new Runner<>(
            store,
            outcomes,
            builder.retryable,
            new ReservationKeeper(renewals, ticker, reservationTime, builder.longestAction),
            lateEndings,
            counts);
    purger = new Purger(store, background, builder.purgeEvery, counts);
    purger.schedule();
  }

  private ScheduledExecutorService schedulerOf(IdempotencyBuilder<V> builder, String name) {
    ScheduledExecutorService given = builder.scheduler;
    return given == null ? newScheduler(name) : given;
  }

  private ScheduledExecutorService newScheduler(String name) {
    ScheduledThreadPoolExecutor scheduler =
        new ScheduledThreadPoolExecutor(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "corral-idempotency-" + name);
              thread.setDaemon(true);
              return thread;
            });
    scheduler.setRemoveOnCancelPolicy(true);
    scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    scheduler.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    scheduler.allowCoreThreadTimeOut(true);
    own.add(scheduler);
    return scheduler;
  }

  /**
   * Begins to build one that remembers in the given store, which is left open when this is closed.
   */
  public static <V> IdempotencyBuilder<V> builder(IdempotencyStore store, Codec<V> codec) {
    return new IdempotencyBuilder<>(store, codec);
  }

  /**
   * Returns the outcome of the key's action: the stored one, or else that of the given action,
   * which is run on this thread. Waits up to the wait limit if somebody else runs it.
   *
   * @param fingerprint of what the request asks for; see {@link Fingerprint#none} if the key says
   *     it all
   * @throws ActionFailedException if the action failed, in this call or in the one that is replayed
   * @throws InProgressException if somebody else runs it, and has not ended in time
   * @throws KeyReusedException if the key was used with another fingerprint
   * @throws OutcomeUnknownException if who ran it died, and the policy is to refuse; or if a
   *     transaction of the action's own is in doubt
   * @throws ReservationLostException if the action was run, and others were quicker to say what the
   *     outcome is
   * @throws UnreadableOutcomeException if there is an outcome that makes no sense
   * @throws IdempotencyStoreException if the key could not be reserved; the action was not run; or
   *     what {@link Attempt#confirm} threw
   * @throws IdempotencyInterruptedException if this thread is interrupted meanwhile
   */
  public Executed<V> execute(IdempotencyKey key, Fingerprint fingerprint, Action<V> action) {
    Objects.requireNonNull(action, "action");
    ReserveRequest request =
        new ReserveRequest(
            key, fingerprint, UUID.randomUUID(), reservationTime, retention, deadHolder);
    Turn turn = new Turn();
    if (waitLimit.isZero()) {
      return follow(request, asking.ask(request), action, turn);
    }
    try {
      return inTurn(request, action, turn);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IdempotencyInterruptedException(key, e, false);
    }
  }

  private Executed<V> inTurn(ReserveRequest request, Action<V> action, Turn turn)
      throws InterruptedException {
    long deadline = ticker.getAsLong() + waitLimit.toNanos();
    boolean waited = false;
    Turn other;
    while ((other = turns.take(request, turn)) != null) {
      waited = countWait(waited);
      if (!other.await(deadline - ticker.getAsLong())) {
        // Nobody asks for this: a turn whose reservation is lost, or not kept any more, is passed
        // on.
        throw refusal(request.key(), new ReserveAnswer.InProgress(reservationTime));
      }
      StoredOutcome outcome = other.outcome();
      if (outcome != null) {
        return replay(request.key(), outcome);
      }
    }
    try {
      Asking.Answered answered = asking.ask(request);
      if (answered.answer() instanceof ReserveAnswer.InProgress) {
        countWait(waited);
        answered = asking.askUntil(request, deadline);
      }
      return follow(request, answered, action, turn);
    } finally {
      turns.pass(request, turn);
    }
  }

  private boolean countWait(boolean counted) {
    if (!counted) {
      counts.waits.increment();
    }
    return true;
  }

  private Executed<V> follow(
      ReserveRequest request, Asking.Answered answered, Action<V> action, Turn turn) {
    ReserveAnswer answer = answered.answer();
    if (answer instanceof ReserveAnswer.Reserved reserved) {
      return runner.run(
          reserved.reservation(), answered.since(), action, turn, () -> turns.pass(request, turn));
    }
    if (answer instanceof ReserveAnswer.Done done) {
      turn.end(done.outcome());
      return replay(request.key(), done.outcome());
    }
    throw refusal(request.key(), answer);
  }

  private Executed<V> replay(IdempotencyKey key, StoredOutcome outcome) {
    counts.replays.increment();
    return new Executed<>(outcomes.read(key, outcome), true, true);
  }

  private IdempotencyException refusal(IdempotencyKey key, ReserveAnswer answer) {
    if (answer instanceof ReserveAnswer.InProgress inProgress) {
      counts.inProgress.increment();
      return new InProgressException(key, inProgress.left());
    }
    if (answer instanceof ReserveAnswer.Reused) {
      counts.conflicts.increment();
      return new KeyReusedException(key);
    }
    counts.unknown.increment();
    return new OutcomeUnknownException(key);
  }

  /** Returns how many requests somebody of this process asks for or runs right now; for tests. */
  int requestsUnderWay() {
    return turns.size();
  }

  /** Returns what becomes of a key whose holder died. */
  public DeadHolderPolicy deadHolder() {
    return deadHolder;
  }

  /** Returns what has come of the calls so far. */
  public IdempotencyStats stats() {
    return counts.read();
  }

  /**
   * Ends the threads of its own. Actions that run go on, and are not renewed any more. Outcomes
   * that the store has not taken yet are tried once more, which may block for one step of the
   * store; what is lost is logged. The store is left open.
   */
  @Override
  public void close() {
    purger.close();
    lateEndings.close();
    own.forEach(ScheduledExecutorService::shutdown);
  }
}
