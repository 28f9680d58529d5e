package dev.corral.bench.payments;

import dev.corral.bench.payments.Payment.Ask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Those who want payments made, so many at a time, and who press buttons twice. */
final class Customers implements AutoCloseable {
  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);

  private final Sender sender;
  private final int many;
  private final int rate;
  private final PerSecond ended;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Ended> all = new ConcurrentLinkedQueue<>();
  private final LongAdder asks = new LongAdder();
  private final Histogram micros = new ConcurrentHistogram(LONGEST_MICROS, 3);

  /**
   * Creates them.
   *
   * @param many how many of them there are at most at a time
   * @param rate how many payments come up a second, however long they take
   */
  Customers(Sender sender, int many, int rate, PerSecond ended) {
    this.sender = sender;
    this.many = many;
    this.rate = rate;
    this.ended = ended;
  }

  /**
   * Has all payments made, each from when it comes up until there is a final answer, or no more to
   * be tried at present.
   *
   * @param keyed whether requests have keys, so that there is one to reuse
   * @param progress is told after each payment how many have been asked for
   */
  void pay(List<Payment> payments, boolean keyed, IntConsumer progress)
      throws InterruptedException {
    var done = new AtomicInteger();
    long begin = System.nanoTime();
    each(
        payments,
        payment -> {
          // Not one after the other: what fails at once would use up all payments in no time.
          long due = begin + TimeUnit.SECONDS.toNanos(payment.number()) / rate;
          TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
          pay(payment, keyed);
          progress.accept(done.incrementAndGet());
        });
  }

  private void pay(Payment payment, boolean keyed) throws InterruptedException, ExecutionException {
    Future<Ended> second =
        payment.clickedTwice() ? threads.submit(() -> send(payment.ask())) : null;
    Ended first = send(payment.ask());
    boolean paid = first.status() == Ask.PAID;
    if (second != null) {
      paid |= second.get().status() == Ask.PAID;
    }
    // Only once it is known to be paid: before that, whoever comes first is right.
    if (keyed && paid && payment.keyReused()) {
      var unused = send(payment.askForMore());
    }
  }

  /** Asks again, with the same keys, for what had no final answer. */
  void reconcile(List<Ask> open) throws InterruptedException {
    each(open, this::send);
  }

  private Ended send(Ask ask) throws InterruptedException {
    asks.increment();
    long begin = System.nanoTime();
    Ended end;
    try {
      end = Ended.with(ask, sender.send(ask.payment().number(), ask.payment().key(), ask.body()));
    } catch (IOException e) {
      end = Ended.withoutAnswer(ask);
    }
    long took = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin);
    micros.recordValue(Math.min(took, LONGEST_MICROS));
    all.add(end);
    ended.add();
    return end;
  }

  private interface Step<T> {
    void on(T one) throws InterruptedException, ExecutionException;
  }

  private <T> void each(List<T> all, Step<T> step) throws InterruptedException {
    Queue<T> waiting = new ConcurrentLinkedQueue<>(all);
    List<Callable<Void>> workers = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      workers.add(
          () -> {
            for (T next = waiting.poll(); next != null; next = waiting.poll()) {
              step.on(next);
            }
            return null;
          });
    }
    for (Future<Void> worker : threads.invokeAll(workers)) {
      try {
        worker.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("A customer failed", e.getCause());
      }
    }
  }

  /** Returns all that anybody was told. */
  List<Ended> told() {
    return List.copyOf(all);
  }

  long asks() {
    return asks.sum();
  }

  /** Returns how long it took until somebody was told, in microseconds. */
  Histogram micros() {
    return micros;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
