package dev.corral.idempotency.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corral.idempotency.ActionFailedException;
import dev.corral.idempotency.Attempt;
import dev.corral.idempotency.DeadHolderPolicy;
import dev.corral.idempotency.Executed;
import dev.corral.idempotency.Fingerprint;
import dev.corral.idempotency.Idempotency;
import dev.corral.idempotency.IdempotencyException;
import dev.corral.idempotency.IdempotencyInterruptedException;
import dev.corral.idempotency.IdempotencyKey;
import dev.corral.idempotency.IdempotencyStore;
import dev.corral.idempotency.IdempotencyStoreException;
import dev.corral.idempotency.InProgressException;
import dev.corral.idempotency.KeyReusedException;
import dev.corral.idempotency.OutcomeUnknownException;
import dev.corral.idempotency.ReservationLostException;
import dev.corral.idempotency.UnreadableOutcomeException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests that have an {@code Idempotency-Key}, as the draft of the IETF's HTTPAPI group
 * says: each is run once, and its response is sent to everybody who asks for the same with the same
 * key. Knows no server: what fits it to one is an {@link HttpCall}.
 *
 * <p>Thread-safe.
 */
public final class HttpIdempotency implements AutoCloseable {

  /** The header that has the key. */
  public static final String KEY = "Idempotency-Key";

  /** The header, {@code true}, that marks a response which another request's run has made. */
  public static final String REPLAYED = "Idempotency-Replayed";

  private static final Set<String> OWN_MARK = Set.of(REPLAYED.toLowerCase(Locale.ROOT));

  private static final long MOST_DROPPED = 8 << 20;

  private static final Logger log = LoggerFactory.getLogger(HttpIdempotency.class);

  private final Idempotency<RecordedResponse> idempotency;
  private final Set<String> methods;
  private final int maximumRequestBytes;
  private final int maximumResponseBytes;
  private final IntPredicate released;
  private final Duration retryAfter;

  HttpIdempotency(HttpIdempotencyBuilder builder, Idempotency<RecordedResponse> idempotency) {
    this.idempotency = idempotency;
    methods = builder.methods;
    maximumRequestBytes = builder.maximumRequestBytes;
    maximumResponseBytes = builder.maximumResponseBytes;
    released = builder.released;
    retryAfter = builder.retryAfter;
  }

  /** Begins to build one that remembers in a store, which is left open when this is closed. */
  public static HttpIdempotencyBuilder builder(IdempotencyStore store) {
    return new HttpIdempotencyBuilder(store);
  }

  /** Whether requests with a method need a key; others are none of this one's business. */
  public boolean appliesTo(String method) {
    return methods.contains(method);
  }

  /** Returns what runs the requests, for its numbers. */
  public Idempotency<RecordedResponse> idempotency() {
    return idempotency;
  }

  /**
   * Returns the response of a request: that of its own run, that of another one, or a problem.
   * Waits if another one runs it. Does not ask whether the method needs a key.
   *
   * @throws IOException if the body of the request could not be read; nothing was run
   * @throws IllegalArgumentException if the scope breaks the rules of {@link IdempotencyKey}
   */
  public RecordedResponse answer(HttpCall call) throws IOException {
    List<String> lines = call.header(KEY);
    if (lines.isEmpty()) {
      drop(call.body());
      return Problem.KEY_MISSING.response();
    }
    String text;
    try {
      text = KeyHeader.read(lines);
    } catch (KeyHeader.MalformedException e) {
      drop(call.body());
      return Problem.KEY_MALFORMED.response(e.getMessage() + ".");
    }
    KeyScope scope = call.scope();
    IdempotencyKey key = IdempotencyKey.of(scope.tenant(), scope.operation(), text);
    InputStream in = call.body();
    byte[] body = in.readNBytes(maximumRequestBytes + 1);
    if (body.length > maximumRequestBytes) {
      drop(in);
      return Problem.REQUEST_TOO_LARGE.response();
    }
    Fingerprint fingerprint =
        Fingerprint.ofAll(call.method().getBytes(UTF_8), call.target().getBytes(UTF_8), body);
    try {
      Executed<RecordedResponse> executed =
          idempotency.execute(key, fingerprint, attempt -> run(call, attempt, body));
      return executed.replayed()
          ? executed.value().with(REPLAYED, "true")
          : executed.value().without(OWN_MARK);
    } catch (IdempotencyException e) {
      return answer(e);
    }
  }

  /** A client that still sends does not read, and sees a reset instead of the answer. */
  private static void drop(InputStream in) throws IOException {
    byte[] chunk = new byte[8 * 1024];
    long left = MOST_DROPPED;
    for (int read = 0; read >= 0 && left > 0; left -= read) {
      read = in.read(chunk);
    }
  }

  private RecordedResponse run(HttpCall call, Attempt<RecordedResponse> attempt, byte[] body)
      throws Exception {
    BoundedBody kept = new BoundedBody(maximumResponseBytes);
    RecordedResponse response;
    try {
      response = UnreplayedHeaders.withoutFraming(call.run(attempt, body, kept));
    } catch (HeadTooLargeException e) {
      if (released.test(e.status())) {
        throw new ReleasedResponse(Problem.NOT_DONE.retryAfter(retryAfter));
      }
      throw new ResponseTooLargeException(e);
    }
    if (released.test(response.status())) {
      throw new ReleasedResponse(kept.isCut() ? Problem.NOT_DONE.retryAfter(retryAfter) : response);
    }
    if (kept.isCut()) {
      throw new ResponseTooLargeException(kept.written(), maximumResponseBytes);
    }
    return response;
  }

  private RecordedResponse answer(IdempotencyException e) {
    if (e instanceof InProgressException inProgress) {
      Duration left = inProgress.retryAfter();
      return Problem.IN_PROGRESS.retryAfter(left.compareTo(retryAfter) < 0 ? left : retryAfter);
    }
    if (e instanceof KeyReusedException) {
      return Problem.KEY_REUSED.response();
    }
    if (e instanceof ActionFailedException failed) {
      return answer(failed);
    }
    log.warn("There is no response: {}", e.toString());
    if (e instanceof ReservationLostException) {
      return Problem.RESERVATION_LOST.retryAfter(retryAfter);
    }
    if (e instanceof IdempotencyStoreException) {
      return Problem.STORE_AWAY.retryAfter(retryAfter);
    }
    if (e instanceof IdempotencyInterruptedException interrupted) {
      return interrupted.isInAction()
          ? Problem.OUTCOME_UNKNOWN.response(runsDeadAgain())
          : Problem.NOT_DONE.retryAfter(retryAfter);
    }
    if (e instanceof OutcomeUnknownException) {
      // One with a cause is of this run, and its key may still be freed: see Runner.
      return Problem.OUTCOME_UNKNOWN.response(e.getCause() != null);
    }
    if (e instanceof UnreadableOutcomeException) {
      return Problem.RESPONSE_NOT_KEPT.response().with(REPLAYED, "true");
    }
    throw e;
  }

  private RecordedResponse answer(ActionFailedException failed) {
    if (failed.getCause() instanceof ReleasedResponse freed) {
      return freed.response();
    }
    if (!failed.isReplayed()) {
      // Nobody else hears of it: the server is given an answer.
      log.error("A request failed", failed);
    }
    if (failed.isRetryable()) {
      // Of holders that died before, or that came meanwhile, it says nothing.
      return Problem.retryAfter(
          failed.isOnlyRun() ? Problem.NOT_DONE.ofOnlyRun() : Problem.NOT_DONE.response(),
          retryAfter);
    }
    boolean mayRunAgain = !failed.isStored() && runsDeadAgain();
    RecordedResponse response =
        failed.failureType().equals(ResponseTooLargeException.class.getName())
            ? Problem.RESPONSE_NOT_KEPT.response(mayRunAgain)
            : Problem.FAILED.response(mayRunAgain);
    return failed.isReplayed() ? response.with(REPLAYED, "true") : response;
  }

  private boolean runsDeadAgain() {
    return idempotency.deadHolder() == DeadHolderPolicy.RUN_AGAIN;
  }

  /** Ends the threads of its own, as {@link Idempotency#close} does. The store is left open. */
  @Override
  public void close() {
    idempotency.close();
  }
}
