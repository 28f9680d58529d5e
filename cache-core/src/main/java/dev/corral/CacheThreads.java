package dev.corral;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The threads that a cache uses; those that it was not given are its own, and end with it. */
final class CacheThreads implements AutoCloseable {

  private static final int POOL_SIZE = 32;
  private static final int POOL_QUEUE = 1_000;
  private static final long IDLE_SECONDS = 10;

  private final Executor executor;
  private final ScheduledExecutorService scheduler;
  private final ScheduledExecutorService leaseScheduler;
  private final List<ExecutorService> own = new ArrayList<>();

  CacheThreads(
      String cache,
      @Nullable Executor givenExecutor,
      @Nullable ScheduledExecutorService givenScheduler) {
    executor = givenExecutor != null ? givenExecutor : owned(newExecutor("corral-" + cache));
    scheduler =
        givenScheduler != null ? givenScheduler : owned(newScheduler("corral-" + cache + "-timer"));
    leaseScheduler =
        givenScheduler != null
            ? givenScheduler
            : owned(newScheduler("corral-" + cache + "-leases"));
  }

  private <E extends ExecutorService> E owned(E threads) {
    own.add(threads);
    return threads;
  }

  Executor executor() {
    return executor;
  }

  ScheduledExecutorService scheduler() {
    return scheduler;
  }

  /** For what renews leases, so that nothing else waits for the round trips of that. */
  ScheduledExecutorService leaseScheduler() {
    return leaseScheduler;
  }

  /** Virtual threads, of which any number may wait, or else a bounded pool that ends when idle. */
  private static ExecutorService newExecutor(String name) {
    ExecutorService virtual = newVirtualThreads();
    if (virtual != null) {
      return virtual;
    }
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            POOL_SIZE,
            POOL_SIZE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(POOL_QUEUE),
            daemons(name));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static @Nullable ExecutorService newVirtualThreads() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (NoSuchMethodException e) {
      return null; // before JDK 21
    } catch (IllegalAccessException | InvocationTargetException e) {
      return null; // a preview that is not switched on, in JDK 19 and 20
    }
  }

  private static ScheduledExecutorService newScheduler(String name) {
    ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, daemons(name));
    scheduler.setRemoveOnCancelPolicy(true);
    scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    scheduler.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    scheduler.allowCoreThreadTimeOut(true);
    return scheduler;
  }

  private static ThreadFactory daemons(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Takes no more tasks. Those that run go on to their ends; timers are dropped. */
  @Override
  public void close() {
    own.forEach(ExecutorService::shutdown);
  }
}
