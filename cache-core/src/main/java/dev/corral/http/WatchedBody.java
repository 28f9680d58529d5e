package dev.corral.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Hands a body on to the subscriber of the caller, and notes which of the two sides breaks it off.
 * A disk that is full is no failure of the server.
 */
final class WatchedBody<T> implements BodySubscriber<T> {

  private final BodySubscriber<T> caller;

  // Written by whoever brings the body, or completes what the caller makes of it.
  private volatile boolean cut;
  private volatile boolean refused;
  private volatile @Nullable Throwable failure;

  WatchedBody(BodySubscriber<T> caller) {
    this.caller = caller;
  }

  /**
   * Returns the failure of the caller; null if the body did not break off, or not because of that.
   *
   * @param seen what has come of the attempt, which stands for it if nothing better is known
   */
  @Nullable Throwable failureOfCaller(Throwable seen) {
    Throwable known = failure;
    return known == null && refused ? seen : known;
  }

  @Override
  public CompletionStage<T> getBody() {
    // What is returned has to be what comes after the note: others see the failure by then.
    return caller
        .getBody()
        .whenComplete(
            (body, thrown) -> {
              if (thrown != null) {
                note(Attempts.bare(thrown));
              }
            });
  }

  private void note(Throwable thrown) {
    if (!cut && failure == null) {
      failure = thrown;
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    guarded(() -> caller.onSubscribe(new Watched(subscription)));
  }

  @Override
  public void onNext(List<ByteBuffer> some) {
    guarded(() -> caller.onNext(some));
  }

  @Override
  public void onError(Throwable thrown) {
    cut = !refused;
    caller.onError(thrown);
  }

  @Override
  public void onComplete() {
    guarded(caller::onComplete);
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      note(e);
      throw e;
    }
  }

  /** What the caller asks for more with, or for no more. */
  private final class Watched implements Flow.Subscription {

    private final Flow.Subscription subscription;

    private Watched(Flow.Subscription subscription) {
      this.subscription = subscription;
    }

    @Override
    public void request(long many) {
      subscription.request(many);
    }

    @Override
    public void cancel() {
      refused = !cut;
      subscription.cancel();
    }
  }
}
