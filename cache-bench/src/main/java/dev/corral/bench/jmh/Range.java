package dev.corral.bench.jmh;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * The keys that a thread asks for in turn, and no other thread does: two that ask for one key at
 * once share a flight, and then neither of them measures what it costs.
 */
@State(Scope.Thread)
public class Range {
  static final int KEYS = 1000;

  private long first;
  private long last;

  /** Takes the range of this thread. */
  @Setup
  public void take(ThreadParams thread) {
    first = (long) thread.getThreadIndex() * KEYS;
  }

  long next() {
    last = (last + 1) % KEYS;
    return first + last;
  }
}
