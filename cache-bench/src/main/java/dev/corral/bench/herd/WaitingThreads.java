package dev.corral.bench.herd;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Which kind of threads a herd consists of. */
public enum WaitingThreads {
  PLATFORM("platform", 1_000) {
    @Override
    public ExecutorService start(int count) {
      return Executors.newFixedThreadPool(count);
    }
  },
  VIRTUAL("virtual", 10_000) {
    /** By name, since the classes are those of Java 17. */
    @Override
    public ExecutorService start(int count) {
      try {
        return (ExecutorService)
            Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
      } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException("Virtual threads cannot be had", e);
      }
    }
  };

  /** From which release on Java has virtual threads. */
  public static final int FIRST_WITH_VIRTUAL = 21;

  private final String shownName;
  private final int usualCount;

  WaitingThreads(String shownName, int usualCount) {
    this.shownName = shownName;
    this.usualCount = usualCount;
  }

  public static Optional<WaitingThreads> named(String name) {
    return Arrays.stream(values()).filter(threads -> threads.shownName.equals(name)).findFirst();
  }

  public String shownName() {
    return shownName;
  }

  /** How many of them a process has unless it is said. */
  public int usualCount() {
    return usualCount;
  }

  /** Whether this Java has them. */
  public boolean available() {
    return this == PLATFORM || Runtime.version().feature() >= FIRST_WITH_VIRTUAL;
  }

  /** Threads of which so many can wait at a time. */
  public abstract ExecutorService start(int count);
}
