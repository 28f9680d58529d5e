package dev.corral.http;

import dev.corral.http.Decision.Another;
import dev.corral.http.Decision.AskAgain;
import dev.corral.http.Decision.Fail;
import dev.corral.http.Decision.Retry;
import dev.corral.http.Decision.Return;
import dev.corral.origin.LoadRequest;
import dev.corral.origin.OriginAttempt;
import dev.corral.origin.OriginCall;
import dev.corral.origin.Priority;
import dev.corral.origin.Rejection;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The attempts of one request, made by one thread after the other. */
final class Attempts<T> {

  private final Parts parts;
  private final HttpRequest request;
  private final @Nullable String key;
  private final Asked asked;
  private final BodyHandler<T> handler;
  private final long deadline;
  private final OriginCall call;

  private @Nullable BodyPublisher body;
  private int sent;
  private Past past = Past.NOTHING;
  private @Nullable Decision last;
  // Written by whoever makes the attempts, cancelled by anybody.
  private volatile @Nullable Future<?> pending;
  private volatile boolean cancelled;

  Attempts(
      Parts parts,
      HttpRequest request,
      @Nullable String key,
      boolean repeats,
      BodyHandler<T> handler) {
    this.parts = parts;
    this.request = request;
    this.key = key;
    this.handler = handler;
    boolean kept =
        request.bodyPublisher().map(b -> Body.isKept(b, parts.mostBodyBytes())).orElse(true);
    asked = new Asked(request.method(), key != null, repeats && kept);
    deadline = parts.ticker().getAsLong() + parts.deadlineNanos();
    call = parts.origin().begin();
  }

  /** Takes the body, if it may be needed more than once. */
  Timed<Void> prepare() {
    if (!asked.isRepeatable() || request.bodyPublisher().isEmpty()) {
      return new Timed<>(CompletableFuture.allOf(), 0, () -> {});
    }
    CompletableFuture<BodyPublisher> taken = Body.take(request.bodyPublisher().get());
    long nanos = leftNanos();
    Runnable expire = failAfter(nanos, taken, "The body did not come in time");
    pending(taken);
    return new Timed<>(taken.thenAccept(bytes -> body = bytes), nanos, expire);
  }

  /**
   * Passes the limits of the origin.
   *
   * @param waits whether this thread may wait for that
   */
  OriginAttempt enter(boolean waits) throws NoAnswerException, InterruptedException {
    if (cancelled) {
      throw new CancellationException("Cancelled before it was sent");
    }
    Duration patience = Duration.ofNanos(waits ? Math.max(0, leftNanos()) : 0);
    Duration time = Duration.ofNanos(parts.attemptNanos());
    OriginAttempt permit;
    try {
      permit = call.attempt(new LoadRequest(Priority.MISS, patience, time));
    } catch (Rejection e) {
      parts.counts().rejected.increment();
      throw noAnswer(GaveUp.REJECTED, e);
    }
    if (leftNanos() <= 0) {
      permit.brokenOff();
      throw noAnswer(GaveUp.OUT_OF_TIME, new HttpTimeoutException("The time is over"));
    }
    return permit;
  }

  /** Makes the next attempt. The future fails only with what is not the server's. */
  Timed<Step<T>> next(OriginAttempt permit) {
    countOne();
    long nanos = Math.min(parts.attemptNanos(), leftNanos());
    var judge = new Judge<>(parts, asked, call, deadline, past, handler);
    CompletableFuture<HttpResponse<T>> answered;
    try {
      answered = parts.http().sendAsync(toSend(nanos), judge);
    } catch (RuntimeException e) {
      permit.brokenOff(); // nothing has been sent
      throw e;
    }
    // Not the time-out of the request alone: that one ends when the headers have come.
    CompletableFuture<HttpResponse<T>> inTime = answered.thenApply(response -> response);
    Runnable expire = failAfter(nanos, inTime, "No answer in " + Duration.ofNanos(nanos));
    pending(answered);
    CompletableFuture<Step<T>> step =
        inTime.handle(
            (response, failure) -> {
              answered.cancel(true);
              return failure == null
                  ? answered(permit, judge, response)
                  : failed(permit, judge, bare(failure));
            });
    return new Timed<>(step, nanos, expire);
  }

  private void countOne() {
    sent++;
    parts.counts().attempts.increment();
    if (last instanceof Retry) {
      parts.counts().retries.increment();
    } else if (last instanceof AskAgain) {
      parts.counts().inProgress.increment();
    }
  }

  private HttpRequest toSend(long nanos) {
    HttpRequest.Builder copy = HttpRequest.newBuilder(request, (name, value) -> true);
    if (key != null) {
      copy.setHeader(KeyHeader.NAME, key);
    }
    if (body != null) {
      copy.method(request.method(), body);
    }
    Duration most = Duration.ofNanos(Math.max(1, nanos));
    if (request.timeout().map(own -> own.compareTo(most) > 0).orElse(true)) {
      copy.timeout(most);
    }
    return copy.build();
  }

  /** Fails a future when its time is over. Returns what does so at once. */
  private Runnable failAfter(long nanos, CompletableFuture<?> future, String message) {
    Runnable expire = () -> future.completeExceptionally(new HttpTimeoutException(message));
    CompletableFuture<Void> timeout = parts.delays().timeout(nanos);
    var expiry = timeout.thenRun(() -> parts.execute(expire));
    var unused =
        future.whenComplete(
            (value, failure) -> {
              expiry.cancel(false);
              timeout.cancel(false);
            });
    return expire;
  }

  private Step<T> answered(OriginAttempt permit, Judge<T> judge, HttpResponse<T> response) {
    Answer.Status status = judge.status(response.statusCode(), response.headers());
    if (status.isFault()) {
      permit.failed(new IOException("Status " + status.code()));
    } else {
      permit.succeeded();
    }
    Decision decision = judge.onStatus(status, response.headers());
    if (decision instanceof Return end && end.reason() != null) {
      parts.counts().gaveUp.increment();
    }
    return follow(judge, decision, new Step.Done<>(response));
  }

  private Step<T> failed(OriginAttempt permit, Judge<T> judge, Throwable failure) {
    Throwable own = judge.failureOfCaller(failure);
    if (own != null || !(failure instanceof IOException io)) {
      // Cancelled, or the caller could not take the body.
      permit.brokenOff();
      return new Step.Failed<>(own == null ? failure : own);
    }
    permit.failed(io);
    Decision decision = judge.onFailure(Answer.Failure.of(io));
    GaveUp reason = decision instanceof Fail fail ? fail.reason() : null;
    return reason == null
        ? follow(judge, decision, new Step.Failed<>(io))
        : new Step.Failed<>(noAnswer(reason, io));
  }

  private Step<T> follow(Judge<T> judge, Decision decision, Step<T> end) {
    past = judge.pastWithAnswer();
    last = decision;
    return decision instanceof Another next ? new Step.Again<>(next.pause().toNanos()) : end;
  }

  private NoAnswerException noAnswer(GaveUp reason, Throwable cause) {
    parts.counts().gaveUp.increment();
    return new NoAnswerException(request, reason, sent, key, cause);
  }

  /** Tells the key to whoever is told of something else that came in between. */
  void tellKey(Throwable thrown) {
    if (sent > 0 && !(thrown instanceof NoAnswerException)) {
      thrown.addSuppressed(
          new NoAnswerException(request, GaveUp.BROKEN_OFF, sent, key, /* cause= */ null));
    }
  }

  /** Returns what is done when it is time for the next attempt. */
  @SuppressWarnings("NullAway") // the value of a Void
  Timed<Void> pause(Step.Again<T> again) {
    CompletableFuture<Void> pause = parts.delays().pause(again.pauseNanos());
    pending(pause);
    return new Timed<>(pause, again.pauseNanos(), () -> pause.complete(null));
  }

  /** Whoever cancelled before this was known did not see it. */
  private void pending(Future<?> future) {
    pending = future;
    if (cancelled) {
      future.cancel(true);
    }
  }

  /** Breaks off what is under way, and what would follow. */
  void cancel() {
    cancelled = true;
    Future<?> now = pending;
    if (now != null) {
      now.cancel(true);
    }
  }

  private long leftNanos() {
    return deadline - parts.ticker().getAsLong();
  }

  static Throwable bare(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
