package dev.corral;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A scheduler whose time a test moves; what is due runs on the thread that moves it. */
public final class HandScheduler extends AbstractExecutorService
    implements ScheduledExecutorService {

  private final AtomicLong now = new AtomicLong();
  private final AtomicLong scheduled = new AtomicLong();
  private final PriorityBlockingQueue<Task> tasks =
      new PriorityBlockingQueue<>(11, Comparator.comparingLong(task -> task.at));

  private final class Task extends FutureTask<Void> implements ScheduledFuture<Void> {
    private final long at;

    private Task(Runnable action, long at) {
      super(action, null);
      this.at = at;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(at - now.get(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }

  /** Lets time pass and runs what is due by then; what that schedules anew waits for its turn. */
  public void advance(Duration time) {
    long until = now.addAndGet(time.toNanos());
    List<Task> due = new ArrayList<>();
    for (Task task = tasks.peek(); task != null && task.at <= until; task = tasks.peek()) {
      due.add(tasks.remove());
    }
    due.forEach(Task::run);
  }

  /** Returns how many tasks wait for their time, cancelled ones left out. */
  public long waiting() {
    return tasks.stream().filter(task -> !task.isCancelled()).count();
  }

  /** Returns how many tasks were ever given a time. */
  public long scheduled() {
    return scheduled.get();
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable action, long delay, TimeUnit unit) {
    scheduled.incrementAndGet();
    Task task = new Task(action, now.get() + unit.toNanos(delay));
    tasks.add(task);
    return task;
  }

  /** Runs what is to be run at once. */
  @Override
  public void execute(Runnable action) {
    action.run();
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> action, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable action, long initialDelay, long period, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable action, long initialDelay, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void shutdown() {}

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return false;
  }
}
