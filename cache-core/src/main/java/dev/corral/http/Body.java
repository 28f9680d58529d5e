package dev.corral.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * Takes the bytes of a body once, so that each attempt sends the same ones. A publisher need not
 * publish the same twice, nor twice at all, and other bytes under the same key are refused by the
 * server.
 */
final class Body implements Flow.Subscriber<ByteBuffer> {

  private final CompletableFuture<BodyPublisher> taken = new CompletableFuture<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final long length;

  private Body(long length) {
    this.length = length;
  }

  /** Whether a body says that it is small enough to be kept. */
  static boolean isKept(BodyPublisher body, int mostBytes) {
    return body.contentLength() >= 0 && body.contentLength() <= mostBytes;
  }

  /** Takes a body; fails if it is not of the length that it says. */
  static CompletableFuture<BodyPublisher> take(BodyPublisher body) {
    if (body.contentLength() == 0) {
      return CompletableFuture.completedFuture(BodyPublishers.noBody());
    }
    Body subscriber = new Body(body.contentLength());
    body.subscribe(subscriber);
    return subscriber.taken;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    var unused = taken.whenComplete((body, failure) -> subscription.cancel());
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(ByteBuffer some) {
    if (bytes.size() + (long) some.remaining() > length) {
      taken.completeExceptionally(wrongLength("more"));
      return;
    }
    byte[] copy = new byte[some.remaining()];
    some.get(copy);
    bytes.writeBytes(copy);
  }

  @Override
  public void onError(Throwable failure) {
    taken.completeExceptionally(
        failure instanceof IOException ? failure : new IOException("The body failed", failure));
  }

  @Override
  public void onComplete() {
    if (bytes.size() < length) {
      taken.completeExceptionally(wrongLength("less"));
    } else {
      taken.complete(BodyPublishers.ofByteArray(bytes.toByteArray()));
    }
  }

  private IOException wrongLength(String found) {
    return new IOException(
        "The body has %s than the %d bytes that it says".formatted(found, length));
  }
}
