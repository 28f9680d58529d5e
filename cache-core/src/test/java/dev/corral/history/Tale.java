package dev.corral.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A history written by hand. Times are milliseconds, keys are 7 unless said otherwise, and values
 * have names. The bound is 10 ms, the load timeout 1 s, the lease time 300 ms, the slack 5 ms.
 */
final class Tale {

  static final Allowances ALLOWANCES =
      new Allowances(
          Duration.ofMillis(10),
          Duration.ofSeconds(1),
          Duration.ofMillis(300),
          Duration.ofMillis(5));

  private final List<Operation> operations = new ArrayList<>();
  private final Map<String, Long> ids = new HashMap<>();
  private String key = "7";
  private long threads = 100;

  /** Speaks of another key from now on. */
  Tale key(String other) {
    key = other;
    return this;
  }

  Node node(String name) {
    return new Node(name);
  }

  Node everywhere() {
    return new Node(Operation.EVERYWHERE);
  }

  /** The origin comes to hold a version. */
  Tale origin(long begin, long end, long version) {
    node("origin").over(Kind.ORIGIN, begin, end).carrying(version, Operation.NO_ID);
    return this;
  }

  Report check() {
    return HistoryChecker.check(operations, ALLOWANCES);
  }

  List<Operation> operations() {
    return operations;
  }

  private static long nanos(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }

  private long idOf(String value) {
    return ids.computeIfAbsent(value, name -> ids.size() + 1L);
  }

  /** What a node does; each thing on a thread of its own, unless said otherwise. */
  final class Node {

    private final String name;

    private Node(String name) {
      this.name = name;
    }

    Node loads(long begin, long end, String value) {
      return loads(begin, end, value, Operation.NO_VERSION);
    }

    Node loads(long begin, long end, String value, long version) {
      begin(Kind.LOAD, ++threads, begin)
          .carrying(version, idOf(value))
          .endAt(nanos(end), Outcome.VALUE);
      return this;
    }

    Node failsToLoad(long begin, long end) {
      begin(Kind.LOAD, ++threads, begin)
          .failingWith("IOException")
          .endAt(nanos(end), Outcome.FAILED);
      return this;
    }

    Node loadsNothing(long begin, long end) {
      begin(Kind.LOAD, ++threads, begin).endAt(nanos(end), Outcome.ABSENT);
      return this;
    }

    /** Goes on loading for ever. */
    Node hangsLoading(long begin) {
      begin(Kind.LOAD, ++threads, begin);
      return this;
    }

    Node gets(long begin, long end, String value) {
      return gets(begin, end, value, Source.UNKNOWN);
    }

    Node gets(long begin, long end, String value, Source source) {
      begin(Kind.GET, ++threads, begin)
          .from(source)
          .carrying(Operation.NO_VERSION, idOf(value))
          .endAt(nanos(end), Outcome.VALUE);
      return this;
    }

    Node getsNothing(long begin, long end) {
      begin(Kind.GET, ++threads, begin).endAt(nanos(end), Outcome.ABSENT);
      return this;
    }

    Node failsToGet(long begin, long end) {
      begin(Kind.GET, ++threads, begin).endAt(nanos(end), Outcome.FAILED);
      return this;
    }

    Node waits(long begin) {
      begin(Kind.GET, ++threads, begin);
      return this;
    }

    /** A get that itself runs a load, and returns some value. */
    Node getsAndLoads(
        long begin, long loadBegin, long loadEnd, String loaded, long end, String got) {
      begin(Kind.GET, ++threads, begin)
          .carrying(Operation.NO_VERSION, idOf(got))
          .endAt(nanos(end), Outcome.VALUE);
      begin(Kind.LOAD, threads, loadBegin)
          .carrying(Operation.NO_VERSION, idOf(loaded))
          .endAt(nanos(loadEnd), Outcome.VALUE);
      return this;
    }

    /** A get that itself runs a load, which fails. */
    Node getsAndFails(long begin, long loadBegin, long loadEnd) {
      failsToGet(begin, loadEnd + 1);
      begin(Kind.LOAD, threads, loadBegin)
          .failingWith("IOException")
          .endAt(nanos(loadEnd), Outcome.FAILED);
      return this;
    }

    Node invalidates(long begin, long end) {
      return invalidates(begin, end, Outcome.DONE);
    }

    Node invalidates(long begin, long end, Outcome outcome) {
      begin(Kind.INVALIDATE, ++threads, begin).endAt(nanos(end), outcome);
      return this;
    }

    Node clears(long begin, long end) {
      return clears(begin, end, Outcome.DONE);
    }

    Node clears(long begin, long end, Outcome outcome) {
      add(new Operation(Kind.INVALIDATE_ALL, name, ++threads, null, nanos(begin)))
          .endAt(nanos(end), outcome);
      return this;
    }

    Node replaysClear(long begin, long end) {
      add(new Operation(Kind.REPLAY, name, ++threads, null, nanos(begin)))
          .endAt(nanos(end), Outcome.DONE);
      return this;
    }

    Node puts(long begin, long end, String value) {
      return puts(begin, end, value, Outcome.DONE);
    }

    Node puts(long begin, long end, String value, Outcome outcome) {
      begin(Kind.PUT, ++threads, begin).carrying(0, idOf(value)).endAt(nanos(end), outcome);
      return this;
    }

    /** Writes through: the origin holds the version two milliseconds after the begin. */
    Node writes(long begin, long end, String value, long version) {
      begin(Kind.WRITE, ++threads, begin)
          .carrying(version, idOf(value))
          .endAt(nanos(end), Outcome.DONE);
      begin(Kind.ORIGIN, threads, begin + 1)
          .carrying(version, Operation.NO_ID)
          .endAt(nanos(begin + 2), Outcome.DONE);
      return this;
    }

    /** Writes around: the origin holds the version two milliseconds after the begin. */
    Node changes(long begin, long end, long version) {
      return changes(begin, end, version, Outcome.DONE);
    }

    Node changes(long begin, long end, long version, Outcome outcome) {
      begin(Kind.CHANGE, ++threads, begin).endAt(nanos(end), outcome);
      begin(Kind.ORIGIN, threads, begin + 1)
          .carrying(version, Operation.NO_ID)
          .endAt(nanos(begin + 2), Outcome.DONE);
      return this;
    }

    Node replays(long begin, long end) {
      over(Kind.REPLAY, begin, end);
      return this;
    }

    Node is(Kind state, long begin, long end) {
      add(new Operation(state, name, 0, null, nanos(begin))).endAt(nanos(end), Outcome.DONE);
      return this;
    }

    /** The same that another node does, for tales that go on. */
    Tale and() {
      return Tale.this;
    }

    private Operation over(Kind kind, long begin, long end) {
      Operation operation = begin(kind, ++threads, begin);
      operation.endAt(nanos(end), Outcome.DONE);
      return operation;
    }

    private Operation begin(Kind kind, long thread, long begin) {
      return add(new Operation(kind, name, thread, key, nanos(begin)));
    }

    private Operation add(Operation operation) {
      operations.add(operation);
      return operation;
    }
  }
}
