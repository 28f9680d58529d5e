package dev.corral.remote;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the events of one region, kind by kind, until a test takes them. A store may send different
 * kinds, and the keys of different partitions, on different ways: their order says nothing.
 */
public final class RecordedEvents implements RemoteEvents {

  /** A key was invalidated. */
  public record Invalidated(String key, int partition, long stamp, boolean own) {}

  /** A tag was invalidated. */
  public record TagInvalidated(String tag, int partition, long seq, boolean own) {}

  /** The region was cleared. */
  public record Cleared(List<Long> seqs, boolean own) {}

  /** A load has ended. */
  public record Ended(String key, LoadOutcome outcome) {}

  private static final int PATIENCE_SECONDS = 10;

  private final BlockingQueue<Invalidated> invalidations = new LinkedBlockingQueue<>();
  private final BlockingQueue<TagInvalidated> tags = new LinkedBlockingQueue<>();
  private final BlockingQueue<Cleared> clears = new LinkedBlockingQueue<>();
  private final BlockingQueue<Ended> outcomes = new LinkedBlockingQueue<>();
  private final CountDownLatch subscribed = new CountDownLatch(1);

  @Override
  public void invalidated(String key, int partition, long stamp, boolean own) {
    invalidations.add(new Invalidated(key, partition, stamp, own));
  }

  @Override
  public void cleared(long[] seqs, boolean own) {
    clears.add(new Cleared(LongStream.of(seqs).boxed().toList(), own));
  }

  @Override
  public void tagInvalidated(String tag, int partition, long seq, boolean own) {
    tags.add(new TagInvalidated(tag, partition, seq, own));
  }

  @Override
  public void ended(String key, LoadOutcome outcome) {
    outcomes.add(new Ended(key, outcome));
  }

  @Override
  public void subscribed() {
    subscribed.countDown();
  }

  @Override
  public void unsubscribed() {}

  @Override
  public void unavailable(Throwable cause) {}

  @Override
  public void available() {}

  /** Waits until messages are being received. */
  public void awaitSubscribed() throws InterruptedException {
    assertThat(subscribed.await(PATIENCE_SECONDS, SECONDS)).as("subscribed in time").isTrue();
  }

  /** Waits for the next invalidation, and takes it. */
  public Invalidated nextInvalidated() throws InterruptedException {
    return next("invalidated", invalidations);
  }

  /** Waits for the next invalidation of a tag, and takes it. */
  public TagInvalidated nextTagInvalidated() throws InterruptedException {
    return next("tagInvalidated", tags);
  }

  /** Waits for the next clear, and takes it. */
  public Cleared nextCleared() throws InterruptedException {
    return next("cleared", clears);
  }

  /** Waits for the next end of a load, and takes it. */
  public Ended nextEnded() throws InterruptedException {
    return next("ended", outcomes);
  }

  /** Returns whether there is nothing to take. */
  public boolean isEmpty() {
    return invalidations.isEmpty() && tags.isEmpty() && clears.isEmpty() && outcomes.isEmpty();
  }

  private static <T> T next(String what, BlockingQueue<T> queue) throws InterruptedException {
    @Nullable T event = queue.poll(PATIENCE_SECONDS, SECONDS);
    assertThat(event).as("event '%s' in time", what).isNotNull();
    return event;
  }
}
