package dev.corral.http;

import dev.corral.http.Decision.Another;
import dev.corral.http.Decision.AskAgain;
import dev.corral.http.Decision.Fail;
import dev.corral.http.Decision.Retry;
import dev.corral.http.Decision.Return;
import dev.corral.origin.OriginCall;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Decides upon an attempt when its headers are there, so that the body of an answer that nobody is
 * to see does not reach the handler of the caller. What is lost after that has been decided upon:
 * nothing is spent twice.
 */
final class Judge<T> implements BodyHandler<T> {

  private final Parts parts;
  private final Asked asked;
  private final OriginCall call;
  private final long deadline;
  private final Past before;
  private final BodyHandler<T> handler;
  private final ReentrantLock lock = new ReentrantLock();

  // guarded by lock
  private Past after;
  private @Nullable Decision decision;
  // Written by whoever brings the headers.
  private volatile @Nullable WatchedBody<T> body;

  /**
   * @param before what was tried before this attempt
   * @param deadline when the time for all attempts is over
   */
  Judge(
      Parts parts,
      Asked asked,
      OriginCall call,
      long deadline,
      Past before,
      BodyHandler<T> handler) {
    this.parts = parts;
    this.asked = asked;
    this.call = call;
    this.deadline = deadline;
    this.before = before;
    this.handler = handler;
    after = before;
  }

  @Override
  @SuppressWarnings("NullAway") // the body of an answer that nobody sees
  public BodySubscriber<T> apply(ResponseInfo info) {
    Decision decided = onStatus(status(info.statusCode(), info.headers()), info.headers());
    if (!(decided instanceof Return)) {
      return BodySubscribers.replacing(null);
    }
    var watched = new WatchedBody<>(handler.apply(info));
    body = watched;
    return watched;
  }

  /** Returns the status of an answer to this request. */
  Answer.Status status(int code, HttpHeaders headers) {
    return Answer.Status.of(code, headers, asked.keyed());
  }

  /** Returns the failure of the caller that broke the body off; null if there is none. */
  @Nullable Throwable failureOfCaller(Throwable seen) {
    WatchedBody<T> watched = body;
    return watched == null ? null : watched.failureOfCaller(seen);
  }

  Decision onStatus(Answer.Status status, HttpHeaders headers) {
    lock.lock();
    try {
      if (decision == null) {
        decision = decide(status, RetryAfterHeader.read(headers, parts.wall().get()));
      }
      return decision;
    } finally {
      lock.unlock();
    }
  }

  Decision onFailure(Answer.Failure failure) {
    lock.lock();
    try {
      if (!(decision instanceof Another next)) {
        decision = decide(failure, null);
      } else if (isLate(next.pause())) {
        decision = new Fail(GaveUp.OUT_OF_TIME);
      }
      return decision;
    } finally {
      lock.unlock();
    }
  }

  Past pastWithAnswer() {
    lock.lock();
    try {
      return after;
    } finally {
      lock.unlock();
    }
  }

  private Decision decide(Answer answer, @Nullable Duration retryAfter) {
    after = before.and(answer);
    Decision ruled = parts.rules().decide(asked, answer, after, retryAfter);
    if (ruled instanceof Retry retry) {
      Duration pause = retry.pause().plusNanos(parts.jitterNanos(after.attempts()));
      GaveUp obstacle = isLate(pause) ? GaveUp.OUT_OF_TIME : budget();
      return obstacle == null ? new Retry(pause) : end(answer, obstacle);
    }
    if (ruled instanceof AskAgain ask) {
      Duration pause = ask.pause().plusNanos(parts.jitterNanos(after.inProgress()));
      return isLate(pause) ? end(answer, GaveUp.OUT_OF_TIME) : new AskAgain(pause);
    }
    return ruled;
  }

  private @Nullable GaveUp budget() {
    if (call.tryRetry()) {
      return null;
    }
    parts.counts().retriesRefused.increment();
    return GaveUp.OUT_OF_BUDGET;
  }

  private boolean isLate(Duration pause) {
    return pause.toNanos() >= deadline - parts.ticker().getAsLong();
  }

  private static Decision end(Answer answer, GaveUp reason) {
    return answer instanceof Answer.Status ? new Return(reason) : new Fail(reason);
  }
}
