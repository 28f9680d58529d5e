package dev.corral.servers.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Decides what becomes of each published message: the first rule that selects it does. Every
 * decision and every change of the rules is made under one lock, so a message that is read after a
 * change was made follows the new rules. Thread-safe.
 */
final class MessageFaults implements AutoCloseable {

  /** What happens to a message that a rule selects. Called under the lock. */
  private interface Fate {
    void befall(PushedMessage message, Lane lane);

    /** The rule is over: lets go of what it keeps. */
    default void end() {}
  }

  private static final class Rule {
    final MessageFilter filter;
    final Fate fate;

    Rule(MessageFilter filter, Fate fate) {
      this.filter = filter;
      this.fate = fate;
    }
  }

  private final ScheduledThreadPoolExecutor timer;
  private final ReentrantLock lock = new ReentrantLock();
  // guarded by lock
  private final List<Rule> rules = new ArrayList<>();
  private final List<Runnable> held = new ArrayList<>();
  private long passed;
  private long dropped;
  private long duplicated;
  private long delayed;
  private long collected;

  MessageFaults() {
    timer = new ScheduledThreadPoolExecutor(1, task -> FaultProxy.thread("delay", task));
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  void befall(PushedMessage message, Lane lane) {
    locked(
        () -> {
          for (Rule rule : rules) {
            if (rule.filter.selects(message.channel, message.payload)) {
              rule.fate.befall(message, lane);
              return;
            }
          }
          pass(message, lane);
        });
  }

  void drop(MessageFilter filter) {
    add(filter, (message, lane) -> dropped++);
  }

  void duplicate(MessageFilter filter) {
    add(
        filter,
        (message, lane) -> {
          pass(message, lane);
          lane.offer(message.frame);
          duplicated++;
        });
  }

  void delay(MessageFilter filter, Duration delay) {
    add(
        filter,
        (message, lane) -> {
          delayed++;
          var unused =
              timer.schedule(
                  () -> locked(() -> pass(message, lane)), delay.toNanos(), TimeUnit.NANOSECONDS);
        });
  }

  void hold(MessageFilter filter) {
    add(filter, (message, lane) -> held.add(() -> pass(message, lane)));
  }

  void release(boolean reversed) {
    locked(
        () -> {
          if (reversed) {
            Collections.reverse(held);
          }
          held.forEach(Runnable::run);
          held.clear();
        });
  }

  void reverse(MessageFilter filter, int group) {
    add(filter, new Reversal(group));
  }

  /** Ends all rules; what they hold is let go. */
  void end() {
    locked(
        () -> {
          rules.forEach(rule -> rule.fate.end());
          rules.clear();
          held.forEach(Runnable::run);
          held.clear();
        });
  }

  MessageCounts counts() {
    lock.lock();
    try {
      return new MessageCounts(passed, dropped, duplicated, delayed, held.size() + collected);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    timer.shutdown();
  }

  private void add(MessageFilter filter, Fate fate) {
    locked(() -> rules.add(new Rule(filter, fate)));
  }

  private void pass(PushedMessage message, Lane lane) {
    lane.offer(message.frame);
    passed++;
  }

  private void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  /** Collects so many messages of each connection, and passes them on last to first. */
  private final class Reversal implements Fate {
    private final int group;
    private final Map<Lane, List<PushedMessage>> groups = new LinkedHashMap<>();

    Reversal(int group) {
      this.group = group;
    }

    @Override
    public void befall(PushedMessage message, Lane lane) {
      List<PushedMessage> messages = groups.computeIfAbsent(lane, any -> new ArrayList<>());
      messages.add(message);
      collected++;
      if (messages.size() == group) {
        pass(lane, messages);
      }
    }

    @Override
    public void end() {
      groups.forEach(this::pass);
    }

    private void pass(Lane lane, List<PushedMessage> messages) {
      collected -= messages.size();
      Collections.reverse(messages);
      messages.forEach(message -> MessageFaults.this.pass(message, lane));
      messages.clear();
    }
  }
}
