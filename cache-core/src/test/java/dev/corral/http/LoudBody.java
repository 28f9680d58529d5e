package dev.corral.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;

/** Takes a body, and tells when it begins and when it breaks off. */
final class LoudBody implements BodySubscriber<String> {

  private final BodySubscriber<String> text = BodySubscribers.ofString(StandardCharsets.UTF_8);
  private final CountDownLatch begun;
  private final CompletableFuture<Throwable> broken;

  LoudBody(CountDownLatch begun, CompletableFuture<Throwable> broken) {
    this.begun = begun;
    this.broken = broken;
  }

  @Override
  public CompletionStage<String> getBody() {
    return text.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    text.onSubscribe(subscription);
  }

  @Override
  public void onNext(List<ByteBuffer> some) {
    text.onNext(some);
    begun.countDown();
  }

  @Override
  public void onError(Throwable failure) {
    text.onError(failure);
    broken.complete(failure);
  }

  @Override
  public void onComplete() {
    text.onComplete();
  }
}
