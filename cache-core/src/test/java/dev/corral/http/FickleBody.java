package dev.corral.http;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;

/** Publishes other bytes each time, and tells how often it has. */
final class FickleBody implements BodyPublisher {

  private final AtomicInteger subscriptions;

  FickleBody(AtomicInteger subscriptions) {
    this.subscriptions = subscriptions;
  }

  @Override
  public long contentLength() {
    return "body 1".length();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    BodyPublishers.ofString("body " + subscriptions.incrementAndGet()).subscribe(subscriber);
  }
}
