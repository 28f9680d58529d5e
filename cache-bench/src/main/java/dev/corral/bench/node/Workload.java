package dev.corral.bench.node;

import dev.corral.bench.contender.Contender;
import dev.corral.bench.contender.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The gets of one node: a queue in order of time, from which its threads take one after another,
 * wait until it is due if it is not yet, and make it. A get's latency is counted from when it was
 * due, so that the time for which all threads were busy is not left out.
 */
final class Workload {
  private final NodeConfig config;
  private final Schedule schedule;
  private final Keys keys;
  private final Contender contender;
  private final SharedClock clock;
  private final Measure measure;
  private final PageCheck check;
  private final AtomicInteger next = new AtomicInteger();

  Workload(
      NodeConfig config,
      Schedule schedule,
      Keys keys,
      Contender contender,
      SharedClock clock,
      Measure measure,
      PageCheck check) {
    this.config = config;
    this.schedule = schedule;
    this.keys = keys;
    this.contender = contender;
    this.clock = clock;
    this.measure = measure;
    this.check = check;
  }

  /**
   * Makes all gets, and returns when the last has ended.
   *
   * @param beginning the time to which the schedule's times are added
   */
  void run(long beginning) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < config.threads(); i++) {
      var thread = new Thread(() -> work(beginning), "asker-" + i);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void work(long beginning) {
    for (int i = next.getAndIncrement(); i < schedule.size(); i = next.getAndIncrement()) {
      ask(i, beginning);
    }
  }

  private void ask(int i, long beginning) {
    long dueAt = schedule.dueAt(i);
    long now = clock.now() - beginning;
    if (dueAt < config.windowFrom() && now >= config.windowFrom()) {
      return; // what the warm-up left undone must not burden the window
    }
    long closing = config.windowTo() + config.patience();
    if (now >= closing) {
      measure.notServed(dueAt, closing);
      return;
    }
    clock.waitUntil(beginning + dueAt);
    get(i, dueAt, beginning);
  }

  private void get(int i, long dueAt, long beginning) {
    long askedAt = clock.now();
    try {
      Page page = contender.get(keys.get(schedule.key(i)).name());
      measure.answered(dueAt, clock.now() - beginning);
      check.check(i, dueAt, schedule.key(i), page, askedAt);
    } catch (Exception e) {
      measure.answered(dueAt, clock.now() - beginning);
      measure.failed(dueAt, e);
    }
  }
}
