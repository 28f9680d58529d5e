package dev.corral.remote;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The messages to one node that opened a region, handed over in order and one at a time. */
final class Inbox {

  private final RemoteEvents events;
  private final Queue<Consumer<RemoteEvents>> messages = new ConcurrentLinkedQueue<>();
  private final AtomicInteger calls = new AtomicInteger();
  private volatile boolean open = true;

  Inbox(RemoteEvents events) {
    this.events = events;
  }

  void add(Consumer<RemoteEvents> message) {
    messages.add(message);
  }

  /**
   * Hands over what there is. If a hand-over is under way, on another thread or because a handler
   * called back, it is left to that one: waiting for it could deadlock two nodes that tell each
   * other something.
   */
  void deliver() {
    if (calls.getAndIncrement() > 0) {
      return;
    }
    boolean handed = false;
    try {
      int answered = 1;
      while (answered > 0) {
        handOverAll();
        answered = calls.addAndGet(-answered);
      }
      handed = true;
    } finally {
      if (!handed) {
        // A handler threw, in breach of its contract: the test sees that, and later messages flow.
        calls.set(0);
      }
    }
  }

  void close() {
    open = false;
  }

  private void handOverAll() {
    for (var message = messages.poll(); message != null; message = messages.poll()) {
      if (open) {
        message.accept(events);
      }
    }
  }
}
