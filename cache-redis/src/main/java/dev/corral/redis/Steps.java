package dev.corral.redis;

import dev.corral.remote.RemoteStoreException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The one way of all steps to Redis: through the breaker, then through the gate. Whatever goes
 * wrong with Redis names the step.
 */
final class Steps {

  /** A step over more keys may take as much longer before it is called slow. */
  private static final int KEYS_AT_ONCE = 1_000;

  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Breaker breaker;
  private final Gate gate;
  private final Pools pools;
  private final Duration connectionWait;

  /** When a step was answered last, by {@link System#nanoTime}. */
  private volatile long answeredAt = System.nanoTime();

  Steps(Breaker breaker, Gate gate, Pools pools, Duration connectionWait) {
    this.breaker = breaker;
    this.gate = gate;
    this.pools = pools;
    this.connectionWait = connectionWait;
  }

  /**
   * Takes a step.
   *
   * @throws RemoteStoreException if it failed, or was refused
   */
  <T> T take(Step step, Supplier<T> action) {
    Breaker.Trial trial = breaker.tryStep();
    if (trial == null) {
      throw refused(step);
    }
    long began = System.nanoTime();
    Gate.Pass pass = gate.enter(connectionWait.toNanos());
    if (pass == Gate.Pass.SHUT) {
      trial.dropped();
      throw refused(step);
    }
    if (pass == Gate.Pass.EXHAUSTED) {
      throw exhausted(step, trial, began);
    }
    try {
      if (!isConnectionLeft(began)) {
        throw exhausted(step, trial, began);
      }
      return tried(step, trial, action);
    } finally {
      // After the breaker knows: at most those who wait are let through before it can open.
      gate.leave();
    }
  }

  private <T> T tried(Step step, Breaker.Trial trial, Supplier<T> action) {
    long began = System.nanoTime();
    boolean told = false;
    try {
      T answer = action.get();
      told = true;
      long ended = System.nanoTime();
      answeredAt = ended;
      trial.answered(fairly(ended - began, step));
      return answer;
    } catch (JedisException | IllegalStateException | ClassCastException e) {
      told = true;
      long nanos = fairly(System.nanoTime() - began, step);
      if (isAway(e) && Thread.currentThread().isInterrupted()) {
        // An interrupt closes the socket of a virtual thread, and refuses any thread a connection
        // that it has to wait for. Neither says anything of Redis.
        trial.dropped();
      } else if (isAway(e)) {
        trial.failed(nanos, e);
      } else {
        trial.answered(nanos);
      }
      throw new RemoteStoreException("Redis failed to %s: %s".formatted(step, e.getMessage()), e);
    } finally {
      if (!told) {
        trial.dropped();
      }
    }
  }

  /**
   * Whether Redis did not answer, or said that it answers nothing at present. An illegal state or
   * class is a reply that makes no sense: that is an answer.
   */
  private static boolean isAway(RuntimeException e) {
    return e instanceof JedisDataException data
        ? Refusals.isAway(data)
        : e instanceof JedisException;
  }

  /** A pipeline over very many keys is slow only if that many take long for their number. */
  private static long fairly(long nanos, Step step) {
    return nanos / (1 + step.keys() / KEYS_AT_ONCE);
  }

  /** The gate knows of this store's connections only; somebody else may have taken the others. */
  private boolean isConnectionLeft(long began) {
    while (pools.isExhausted()) {
      if (System.nanoTime() - began >= connectionWait.toNanos()) {
        return false;
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    return true;
  }

  /**
   * Counts as a failure, if no other step was answered meanwhile: with Redis frozen, those who wait
   * for the connections of others notice first. While it answers, there are too many callers for so
   * few connections, and sending all of them away would make the origin bear the herd.
   */
  private RemoteStoreException exhausted(Step step, Breaker.Trial trial, long began) {
    var failure =
        new RemoteStoreException(
            "No connection was free within %s to %s".formatted(connectionWait, step));
    if (answeredAt - began > 0) {
      trial.dropped();
    } else {
      trial.failed(connectionWait.toNanos(), failure);
    }
    return failure;
  }

  private RemoteStoreException refused(Step step) {
    return RemoteStoreException.refused(
        "Redis is away, and was not asked to " + step, breaker.lastFailure());
  }
}
