package dev.corral.idempotency;

import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store that decides, and a front that answers what has been decided: a replay does not ask the
 * database. The front never reserves anything, and does without when it fails.
 */
public final class LayeredIdempotencyStore implements IdempotencyStore {

  private static final Logger log = LoggerFactory.getLogger(LayeredIdempotencyStore.class);

  private final IdempotencyStore truth;
  private final OutcomeFront front;

  /**
   * Puts a front before a store. Closing closes the store, and leaves the front to its owner.
   *
   * @param truth decides, and should be durable
   * @param front answers replays, and may forget
   */
  public LayeredIdempotencyStore(IdempotencyStore truth, OutcomeFront front) {
    this.truth = Objects.requireNonNull(truth, "truth");
    this.front = Objects.requireNonNull(front, "front");
  }

  @Override
  public ReserveAnswer reserve(ReserveRequest request) {
    Optional<OutcomeFront.Finished> found = find(request.key());
    if (found.isPresent()) {
      OutcomeFront.Finished finished = found.get();
      return finished.fingerprint().equals(request.fingerprint())
          ? new ReserveAnswer.Done(finished.outcome(), finished.left())
          : new ReserveAnswer.Reused();
    }
    ReserveAnswer answer = truth.reserve(request);
    if (answer instanceof ReserveAnswer.Done done) {
      put(
          request.key(),
          new OutcomeFront.Finished(request.fingerprint(), done.outcome(), done.left()));
    }
    return answer;
  }

  @Override
  public boolean renew(Reservation reservation) {
    return truth.renew(reservation);
  }

  /** Stores the outcome in the truth; the front learns it from there, by the first replay. */
  @Override
  public EndAnswer complete(Reservation reservation, StoredOutcome outcome) {
    return truth.complete(reservation, outcome);
  }

  @Override
  public EndAnswer release(Reservation reservation) {
    return truth.release(reservation);
  }

  @Override
  public Optional<StoredOutcome> outcomeOf(Reservation reservation) {
    return truth.outcomeOf(reservation);
  }

  @Override
  public Watch watch(IdempotencyKey key) {
    return truth.watch(key);
  }

  @Override
  public int purge(int most) {
    return truth.purge(most);
  }

  @Override
  public void close() {
    truth.close();
  }

  private Optional<OutcomeFront.Finished> find(IdempotencyKey key) {
    try {
      return front.find(key);
    } catch (IdempotencyStoreException e) {
      log.debug("The front does not answer for {}", key, e);
      return Optional.empty();
    }
  }

  private void put(IdempotencyKey key, OutcomeFront.Finished finished) {
    try {
      front.put(key, finished);
    } catch (IdempotencyStoreException e) {
      log.debug("The front does not take the outcome of {}", key, e);
    }
  }
}
