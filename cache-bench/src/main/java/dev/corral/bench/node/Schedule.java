package dev.corral.bench.node;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Which key is asked for when: an open loop, fixed before the run, so that a slow answer never
 * keeps a later question from being asked. Gets arrive independently of each other (as a Poisson
 * process), and in the same order at the same times for every contender.
 */
public final class Schedule {
  private static final double NANOS_PER_SECOND = 1e9;

  private static final int[] IN_TURN = {};

  private final long[] dueAt; // nanoseconds after the beginning
  private final int[] key;
  private final int[] node; // which takes it; empty if they do so in turn

  private Schedule(long[] dueAt, int[] key) {
    this(dueAt, key, IN_TURN);
  }

  private Schedule(long[] dueAt, int[] key, int[] node) {
    this.dueAt = dueAt;
    this.key = key;
    this.node = node;
  }

  /** Nothing is ever due. */
  public static Schedule none() {
    return new Schedule(new long[0], new int[0]);
  }

  /**
   * A number of gets, however long they take.
   *
   * @param keyOf the number of the key that the n-th get asks for
   */
  public static Schedule of(int gets, double perSecond, long seed, IntUnaryOperator keyOf) {
    var schedule = new Schedule(new long[gets], new int[gets]);
    var arrivals = new Arrivals(perSecond, seed);
    for (int i = 0; i < gets; i++) {
      schedule.dueAt[i] = arrivals.next();
      schedule.key[i] = keyOf.applyAsInt(i);
    }
    return schedule;
  }

  /** The gets of a stretch of time, all for key number 0. */
  public static Schedule lasting(Duration time, double perSecond, long seed) {
    return lasting(time, perSecond, seed, i -> 0);
  }

  /**
   * The gets of a stretch of time.
   *
   * @param keyOf the number of the key that the n-th get asks for
   */
  public static Schedule lasting(
      Duration time, double perSecond, long seed, IntUnaryOperator keyOf) {
    var arrivals = new Arrivals(perSecond, seed);
    long[] dueAt =
        LongStream.generate(arrivals::next).takeWhile(at -> at < time.toNanos()).toArray();
    return new Schedule(dueAt, IntStream.range(0, dueAt.length).map(keyOf).toArray());
  }

  /** Gets whose times, keys and nodes are all given, in the order of their times. */
  static Schedule ofNodes(long[] dueAt, int[] key, int[] node) {
    return new Schedule(dueAt, key, node);
  }

  /** Instants with independent, exponentially distributed gaps. */
  private static final class Arrivals {
    private final Random random;
    private final double meanGap;
    private double last;

    Arrivals(double perSecond, long seed) {
      random = new Random(seed);
      meanGap = NANOS_PER_SECOND / perSecond;
    }

    long next() {
      last -= Math.log(1 - random.nextDouble()) * meanGap;
      return (long) last;
    }
  }

  /**
   * The part of each shift: gets are dealt in turn to the shifts that cover their time, unless it
   * is given which node takes which.
   */
  public List<Schedule> deal(Roster roster) {
    List<Shift> shifts = roster.shifts();
    int[] taker = new int[size()];
    int[] taken = new int[shifts.size()];
    for (int i = 0, last = shifts.size() - 1; i < size(); i++) {
      last = node.length > 0 ? node[i] : takerAfter(last, dueAt[i], shifts);
      taker[i] = last;
      taken[last]++;
    }
    List<Schedule> parts =
        Arrays.stream(taken).mapToObj(n -> new Schedule(new long[n], new int[n])).toList();
    int[] filled = new int[shifts.size()];
    for (int i = 0; i < size(); i++) {
      int place = filled[taker[i]]++;
      parts.get(taker[i]).dueAt[place] = dueAt[i];
      parts.get(taker[i]).key[place] = key[i];
    }
    return parts;
  }

  private static int takerAfter(int last, long time, List<Shift> shifts) {
    return IntStream.rangeClosed(1, shifts.size())
        .map(step -> (last + step) % shifts.size())
        .filter(shift -> shifts.get(shift).covers(time))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Nobody takes gets at " + time + " ns"));
  }

  public int size() {
    return dueAt.length;
  }

  long dueAt(int i) {
    return dueAt[i];
  }

  int key(int i) {
    return key[i];
  }

  /** When the last get is due, in nanoseconds after the beginning. */
  public long end() {
    return size() == 0 ? 0 : dueAt[size() - 1];
  }

  public void write(Path file) throws IOException {
    try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(size());
      for (int i = 0; i < size(); i++) {
        out.writeLong(dueAt[i]);
        out.writeInt(key[i]);
      }
    }
  }

  static Schedule read(Path file) throws IOException {
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      int size = in.readInt();
      var schedule = new Schedule(new long[size], new int[size]);
      for (int i = 0; i < size; i++) {
        schedule.dueAt[i] = in.readLong();
        schedule.key[i] = in.readInt();
      }
      return schedule;
    }
  }
}
