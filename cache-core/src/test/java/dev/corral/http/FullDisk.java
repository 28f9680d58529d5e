package dev.corral.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Takes a body, and cannot keep the first of it. */
final class FullDisk implements BodySubscriber<String> {

  /** How it says so; {@code BodyHandlers.ofFile} cancels before it fails. */
  enum Manner {
    CANCELS_AND_FAILS,
    FAILS_AND_CANCELS,
    THROWS
  }

  private final CompletableFuture<String> kept = new CompletableFuture<>();
  private final Manner manner;
  private final IOException why;
  private Flow.@Nullable Subscription subscription;

  FullDisk(Manner manner, IOException why) {
    this.manner = manner;
    this.why = why;
  }

  @Override
  public CompletionStage<String> getBody() {
    return kept;
  }

  @Override
  public void onSubscribe(Flow.Subscription begun) {
    subscription = begun;
    begun.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> some) {
    switch (manner) {
      case CANCELS_AND_FAILS -> {
        cancel();
        kept.completeExceptionally(why);
      }
      case FAILS_AND_CANCELS -> {
        kept.completeExceptionally(why);
        cancel();
      }
      case THROWS -> throw new UncheckedIOException(why);
    }
  }

  private void cancel() {
    if (subscription != null) {
      subscription.cancel();
    }
  }

  @Override
  public void onError(Throwable failure) {
    kept.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {}
}
