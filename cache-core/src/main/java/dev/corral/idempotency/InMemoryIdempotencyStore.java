package dev.corral.idempotency;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A store in the memory of this process: for tests, and for actions of which no other process
 * hears. What it knows is gone with the process, so a process that dies and starts anew runs again.
 */
public final class InMemoryIdempotencyStore implements IdempotencyStore {

  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(1);

  /** A key's record. Times are those of the ticker. */
  private record Row(
      Reservation reservation,
      @Nullable StoredOutcome outcome,
      long reservedUntil,
      long expiresAt) {

    private static Row reserved(Reservation reservation, long now) {
      return new Row(
          reservation,
          null,
          now + reservation.time().toNanos(),
          now + reservation.retention().toNanos());
    }

    private Row done(StoredOutcome result, Reservation by, long now) {
      return new Row(reservation, result, now, now + by.retention().toNanos());
    }

    /**
     * As if its holder had died: that one did before it must not be forgotten. Under a token that
     * nobody has, so that a step of the old holder that comes late does not take the key again.
     */
    private Row free(long now) {
      Reservation nobodys =
          new Reservation(
              reservation.key(),
              reservation.fingerprint(),
              UUID.randomUUID(),
              reservation.attempt(),
              reservation.time(),
              reservation.retention());
      return new Row(nobodys, null, now, expiresAt);
    }

    private boolean isOf(Reservation other) {
      return reservation.token().equals(other.token());
    }
  }

  /** A record, and what is answered about it. */
  private record Step<A>(@Nullable Row row, A answer) {}

  private final Map<ByteBuffer, Row> rows = new ConcurrentHashMap<>();
  private final Watches watches = new Watches(SHORTEST, LONGEST);
  private final LongSupplier ticker;

  /** Creates an empty store. */
  public InMemoryIdempotencyStore() {
    this(System::nanoTime);
  }

  InMemoryIdempotencyStore(LongSupplier ticker) {
    this.ticker = ticker;
  }

  @Override
  public ReserveAnswer reserve(ReserveRequest request) {
    return step(request.key(), row -> reserve(row, request, ticker.getAsLong()));
  }

  private static Step<ReserveAnswer> reserve(@Nullable Row row, ReserveRequest request, long now) {
    if (row == null) {
      return granted(request, 1, now);
    }
    if (!row.reservation.fingerprint().equals(request.fingerprint())) {
      return new Step<>(row, new ReserveAnswer.Reused());
    }
    if (row.outcome != null) {
      Duration left = Duration.ofNanos(row.expiresAt - now);
      return new Step<>(row, new ReserveAnswer.Done(row.outcome, left));
    }
    if (row.reservation.token().equals(request.token())) {
      return granted(request, row.reservation.attempt(), now);
    }
    if (row.reservedUntil - now > 0) {
      Duration left = Duration.ofNanos(row.reservedUntil - now);
      return new Step<>(row, new ReserveAnswer.InProgress(left));
    }
    return request.deadHolder() == DeadHolderPolicy.REFUSE
        ? new Step<>(row, new ReserveAnswer.Abandoned())
        : granted(request, row.reservation.attempt() + 1, now);
  }

  private static Step<ReserveAnswer> granted(ReserveRequest request, int attempt, long now) {
    Reservation reservation = request.granted(attempt);
    return new Step<>(Row.reserved(reservation, now), new ReserveAnswer.Reserved(reservation));
  }

  @Override
  public boolean renew(Reservation reservation) {
    return step(
        reservation.key(),
        row ->
            row != null && row.isOf(reservation) && row.outcome == null
                ? new Step<>(Row.reserved(reservation, ticker.getAsLong()), true)
                : new Step<>(row, false));
  }

  @Override
  public EndAnswer complete(Reservation reservation, StoredOutcome outcome) {
    return end(reservation, row -> row.done(outcome, reservation, ticker.getAsLong()));
  }

  @Override
  public EndAnswer release(Reservation reservation) {
    return end(
        reservation, row -> row.reservation.attempt() == 1 ? null : row.free(ticker.getAsLong()));
  }

  private EndAnswer end(Reservation reservation, Function<Row, @Nullable Row> change) {
    EndAnswer answer = step(reservation.key(), row -> end(row, reservation, change));
    watches.wake(reservation.key().digest());
    return answer;
  }

  private static Step<EndAnswer> end(
      @Nullable Row row, Reservation reservation, Function<Row, @Nullable Row> change) {
    if (row == null || !row.isOf(reservation)) {
      return new Step<>(row, new EndAnswer.Lost());
    }
    return row.outcome == null
        ? new Step<>(change.apply(row), new EndAnswer.Ended())
        : new Step<>(row, new EndAnswer.AlreadyDone(row.outcome));
  }

  /** Takes a step on the record of a key, of which an expired one counts as none. */
  private <A> A step(IdempotencyKey key, Function<@Nullable Row, Step<A>> change) {
    @SuppressWarnings({"unchecked", "rawtypes"}) // there is no array of A
    Step<A>[] taken = new Step[1];
    rows.compute(
        ByteBuffer.wrap(key.digest()),
        (same, row) -> {
          boolean gone = row == null || row.expiresAt - ticker.getAsLong() <= 0;
          taken[0] = change.apply(gone ? null : row);
          return taken[0].row;
        });
    return taken[0].answer;
  }

  @Override
  public Optional<StoredOutcome> outcomeOf(Reservation reservation) {
    Row row = rows.get(ByteBuffer.wrap(reservation.key().digest()));
    return row != null && row.isOf(reservation)
        ? Optional.ofNullable(row.outcome)
        : Optional.empty();
  }

  @Override
  public Watch watch(IdempotencyKey key) {
    return watches.begin(key.digest());
  }

  @Override
  public int purge(int most) {
    long now = ticker.getAsLong();
    int purged = 0;
    Iterator<Map.Entry<ByteBuffer, Row>> all = rows.entrySet().iterator();
    while (purged < most && all.hasNext()) {
      Map.Entry<ByteBuffer, Row> entry = all.next();
      Row row = entry.getValue();
      // Only this very record: the key may have been reserved anew meanwhile.
      if (row.expiresAt - now <= 0 && rows.remove(entry.getKey(), row)) {
        purged++;
      }
    }
    return purged;
  }

  /** Returns how many records there are, expired ones included. */
  public int size() {
    return rows.size();
  }

  /** Keeps everything: a store in memory holds nothing else. */
  @Override
  public void close() {}
}
