package dev.corral.history;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that a node did, or that happened to it, from a begin to an end. Begun by a {@link
 * NodeLog}, and ended once, by whichever thread.
 */
public final class Operation {

  /** The end of what has not ended. */
  public static final long OPEN = Long.MAX_VALUE;

  /** The node of what happens to all nodes. */
  public static final String EVERYWHERE = "*";

  static final long NO_VERSION = -1;
  static final long NO_ID = -1;

  private final Kind kind;
  private final String node;
  private final long thread;
  private final @Nullable String key;
  private final long begin;

  private Outcome outcome = Outcome.OPEN;
  private Source source = Source.UNKNOWN;
  private long version = NO_VERSION;
  private long id = NO_ID;
  private @Nullable String failure;
  // Written last: who sees the end sees the rest.
  private volatile long end = OPEN;

  Operation(Kind kind, String node, long thread, @Nullable String key, long begin) {
    this.kind = kind;
    this.node = node;
    this.thread = thread;
    this.key = key;
    this.begin = begin;
  }

  /** Says where the answer comes from. Before the end. */
  public Operation from(Source where) {
    source = where;
    return this;
  }

  /** Says what is written or put, or which version the origin comes to hold. Before the end. */
  Operation carrying(long carriedVersion, long carriedId) {
    version = carriedVersion;
    id = carriedId;
    return this;
  }

  /**
   * A get or a load ended with an answer.
   *
   * @param text a value's {@link Value#text}, or null if the origin has none
   */
  public void returned(@Nullable String text) {
    long now = System.nanoTime();
    if (text == null) {
      endAt(now, Outcome.ABSENT);
      return;
    }
    Value value = Value.parse(text);
    if (value == null || !value.key().equals(key)) {
      failure = text;
      endAt(now, Outcome.FOREIGN);
      return;
    }
    carrying(value.version(), value.id()).endAt(now, Outcome.VALUE);
  }

  /** A load ended: the origin has no value, as of one of its versions. */
  public void absent(long asOfVersion) {
    carrying(asOfVersion, NO_ID).endAt(System.nanoTime(), Outcome.ABSENT);
  }

  /** It threw. */
  public void failed(Throwable thrown) {
    long now = System.nanoTime();
    failure = thrown.getClass().getSimpleName();
    endAt(now, Outcome.FAILED);
  }

  /** It ended in a way that needs no more words. */
  public void ended(Outcome how) {
    endAt(System.nanoTime(), how);
  }

  /** Anything but a get or a load is over. */
  public void done() {
    ended(Outcome.DONE);
  }

  void endAt(long time, Outcome how) {
    if (end != OPEN) {
      throw new IllegalStateException("It has ended already: " + this);
    }
    outcome = how;
    end = time;
  }

  Operation failingWith(@Nullable String what) {
    failure = what;
    return this;
  }

  public Kind kind() {
    return kind;
  }

  public String node() {
    return node;
  }

  /** Returns the thread that began it; negative if it goes on without one. */
  public long thread() {
    return thread;
  }

  /** Returns the key, or null if it concerns none or all. */
  public @Nullable String key() {
    return key;
  }

  String requireKey() {
    return Objects.requireNonNull(key);
  }

  /** Returns when it began, by {@link System#nanoTime}. */
  public long begin() {
    return begin;
  }

  /** Returns when it ended, or {@link #OPEN}. */
  public long end() {
    return end;
  }

  public boolean hasEnded() {
    return end != OPEN;
  }

  public Outcome outcome() {
    return outcome;
  }

  public Source source() {
    return source;
  }

  /** Returns the version of its value, -1 if it has none or it is not known. */
  public long version() {
    return version;
  }

  /** Returns the id of its value, -1 if it has none. */
  public long id() {
    return id;
  }

  /** Returns what it threw, or what it should not have returned. */
  public @Nullable String failure() {
    return failure;
  }

  Lane lane() {
    return new Lane(node, thread);
  }

  boolean isBy(Operation other) {
    return thread == other.thread && node.equals(other.node);
  }

  @Override
  public String toString() {
    return new Words(0).of(this);
  }
}
