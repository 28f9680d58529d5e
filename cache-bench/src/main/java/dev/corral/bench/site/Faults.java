package dev.corral.bench.site;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The faults of one run, which begin and end by themselves when their time has come. */
public final class Faults implements AutoCloseable {
  private final Timeline timeline;
  private final Site site;
  private final long windowFrom;
  private final Consumer<String> announce;
  private final ExecutorService player = Executors.newSingleThreadExecutor();
  private final Future<?> outcome;

  private Faults(Timeline timeline, Site site, long windowFrom, Consumer<String> announce) {
    this.timeline = timeline;
    this.site = site;
    this.windowFrom = windowFrom;
    this.announce = announce;
    outcome =
        player.submit(
            () -> {
              play();
              return null;
            });
  }

  /**
   * Begins to play a timeline.
   *
   * @param windowFrom the {@link System#nanoTime} at which its first phase begins
   * @param announce is told the name of each phase when it begins
   */
  public static Faults play(
      Timeline timeline, Site site, long windowFrom, Consumer<String> announce) {
    return new Faults(timeline, site, windowFrom, announce);
  }

  private void play() throws Exception {
    for (Timeline.Act act : timeline.acts()) {
      sleepUntil(act.phase().fromSecond());
      announce.accept(act.phase().name());
      Fault.Ending ending = act.fault().begin(site);
      try {
        sleepUntil(act.phase().toSecond());
      } finally {
        ending.end();
      }
    }
  }

  private void sleepUntil(int second) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(windowFrom + TimeUnit.SECONDS.toNanos(second) - System.nanoTime());
  }

  /**
   * Waits until the last phase is over.
   *
   * @throws IllegalStateException if a fault could not be begun or ended
   */
  public void await() {
    try {
      outcome.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while faults were awaited", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("A fault could not be played", e.getCause());
    }
  }

  /** Ends the fault that is in force, if there is one, and the rest of the timeline. */
  @Override
  public void close() {
    player.shutdownNow();
    try {
      if (!player.awaitTermination(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("A fault does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
