package dev.corral.bench.herd;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.function.IntConsumer;

/**
 * Threads that stand at a barrier until all of them are let go at once. Whatever it takes to start
 * them and to hand them their task is over when {@link #gather} returns.
 */
public final class Herd {
  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountDownLatch gathered;
  private final CountDownLatch done;

  private Herd(int size) {
    gathered = new CountDownLatch(size);
    done = new CountDownLatch(size);
  }

  /**
   * Returns when all of them stand at the barrier.
   *
   * @param threads of which so many are free
   * @param task what each does when it is let go; it is told its number, from 0
   */
  public static Herd gather(ExecutorService threads, int size, IntConsumer task)
      throws InterruptedException {
    var herd = new Herd(size);
    for (int i = 0; i < size; i++) {
      int number = i;
      threads.execute(() -> herd.stand(number, task));
    }
    herd.gathered.await();
    return herd;
  }

  private void stand(int number, IntConsumer task) {
    gathered.countDown();
    try {
      gate.await();
      task.accept(number);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      done.countDown();
    }
  }

  /** Lets all of them go, and returns when the last one has done its task. */
  public void release() throws InterruptedException {
    gate.countDown();
    done.await();
  }
}
