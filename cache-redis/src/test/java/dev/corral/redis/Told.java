package dev.corral.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.remote.LoadOutcome;
import dev.corral.remote.RemoteEvents;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a region was told, in order. */
class Told implements RemoteEvents {

  /** One event. */
  sealed interface Event {}

  record Invalidated(String key, long stamp, boolean own) implements Event {}

  record Cleared(boolean own) implements Event {}

  record TagInvalidated(String tag, long seq, boolean own) implements Event {}

  record Ended(String key, LoadOutcome outcome) implements Event {}

  record Subscribed() implements Event {}

  record Unsubscribed() implements Event {}

  record Unavailable(Throwable cause) implements Event {}

  record Available() implements Event {}

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  @Override
  public void invalidated(String key, int partition, long stamp, boolean own) {
    events.add(new Invalidated(key, stamp, own));
  }

  @Override
  public void cleared(long[] seqs, boolean own) {
    events.add(new Cleared(own));
  }

  @Override
  public void tagInvalidated(String tag, int partition, long seq, boolean own) {
    events.add(new TagInvalidated(tag, seq, own));
  }

  @Override
  public void ended(String key, LoadOutcome outcome) {
    events.add(new Ended(key, outcome));
  }

  @Override
  public void subscribed() {
    events.add(new Subscribed());
  }

  @Override
  public void unsubscribed() {
    events.add(new Unsubscribed());
  }

  @Override
  public void unavailable(Throwable cause) {
    events.add(new Unavailable(cause));
  }

  @Override
  public void available() {
    events.add(new Available());
  }

  /** Returns the next event, which must be of this kind. */
  <E extends Event> E next(Class<E> kind) throws InterruptedException {
    return next(kind, 10, SECONDS);
  }

  /** Returns the next event, which must be of this kind, and come within some time. */
  <E extends Event> E next(Class<E> kind, long time, TimeUnit unit) throws InterruptedException {
    @Nullable Event event = events.poll(time, unit);
    assertThat(event).isInstanceOf(kind);
    return kind.cast(event);
  }

  boolean isEmpty() {
    return events.isEmpty();
  }
}
