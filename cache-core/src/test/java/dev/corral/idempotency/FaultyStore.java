package dev.corral.idempotency;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A store whose steps fail when a test says so, before they took effect or after, and whose watches
 * let the test's time pass, and whatever is to happen meanwhile.
 */
final class FaultyStore implements IdempotencyStore {

  private final IdempotencyStore store;
  private final HandTime time;
  private final List<String> failing = new ArrayList<>();
  private final Map<String, Throwable> throwing = new HashMap<>();
  private final List<String> losing = new ArrayList<>();
  private final Map<String, Runnable> afterwards = new ConcurrentHashMap<>();
  private Runnable onWatch = () -> {};
  private Runnable onAwait = () -> {};
  private final Map<String, Integer> tried = new ConcurrentHashMap<>();
  private volatile boolean away;
  private int renewals;
  private int watches;
  private int awaits;

  FaultyStore(IdempotencyStore store, HandTime time) {
    this.store = store;
    this.time = time;
  }

  void failNext(String... steps) {
    failing.addAll(List.of(steps));
  }

  /** Every step fails. */
  void away(boolean now) {
    away = now;
  }

  /** How often a step was tried, whatever came of it. */
  int tried(String step) {
    return tried.getOrDefault(step, 0);
  }

  /** The step fails with what a store should not throw. */
  void throwNext(String step, Throwable thrown) {
    throwing.put(step, thrown);
  }

  /** The step takes effect, and its answer is lost. */
  void loseNext(String step) {
    losing.add(step);
  }

  /** The step takes effect, and this happens before its answer is there. */
  void afterNext(String step, Runnable action) {
    afterwards.put(step, action);
  }

  void onWatch(Runnable action) {
    onWatch = action;
  }

  void onAwait(Runnable action) {
    onAwait = action;
  }

  int renewals() {
    return renewals;
  }

  int watches() {
    return watches;
  }

  int awaits() {
    return awaits;
  }

  private <A> A step(String name, Supplier<A> step) {
    tried.merge(name, 1, Integer::sum);
    Throwable thrown = throwing.remove(name);
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown != null) {
      throw (RuntimeException) thrown;
    }
    if (away || failing.remove(name)) {
      throw new IdempotencyStoreException(name + " failed", null);
    }
    Runnable after = afterwards.remove(name);
    A answer = step.get();
    if (after != null) {
      after.run();
    }
    if (losing.remove(name)) {
      throw new IdempotencyStoreException("the answer to " + name + " is lost", null);
    }
    return answer;
  }

  @Override
  public ReserveAnswer reserve(ReserveRequest request) {
    return step("reserve", () -> store.reserve(request));
  }

  @Override
  public boolean renew(Reservation reservation) {
    boolean renewed = step("renew", () -> store.renew(reservation));
    renewals++;
    return renewed;
  }

  @Override
  public EndAnswer complete(Reservation reservation, StoredOutcome outcome) {
    return step("complete", () -> store.complete(reservation, outcome));
  }

  @Override
  public EndAnswer release(Reservation reservation) {
    return step("release", () -> store.release(reservation));
  }

  @Override
  public Optional<StoredOutcome> outcomeOf(Reservation reservation) {
    return step("outcomeOf", () -> store.outcomeOf(reservation));
  }

  @Override
  public Watch watch(IdempotencyKey key) {
    watches++;
    onWatch.run();
    return new Watch() {
      @Override
      public void await(Duration limit) throws InterruptedException {
        awaits++;
        onAwait.run();
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        time.advance(limit);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public int purge(int most) {
    return store.purge(most);
  }

  @Override
  public void close() {
    store.close();
  }
}
