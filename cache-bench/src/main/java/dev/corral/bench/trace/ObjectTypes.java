package dev.corral.bench.trace;

import java.time.Duration;

/**
 * Types of objects in the keys of a trace, and a lifetime for each: a price may be old for a moment
 * only, a category for long. In a trace of 32-bit integers whose bits 27 to 31 differ, these bits
 * are the type.
 */
public final class ObjectTypes {
  private static final int SHIFT = 27;
  // From a quarter of the lifetime to four times as long: types that follow each other differ.
  private static final double[] FACTORS = {1, 0.25, 2, 0.5, 4};

  private final boolean typed;

  private ObjectTypes(boolean typed) {
    this.typed = typed;
  }

  public static ObjectTypes none() {
    return new ObjectTypes(false);
  }

  /** The types in a trace, if it has some. */
  public static ObjectTypes of(Trace trace) {
    return new ObjectTypes(
        trace.integers() && trace.keys().stream().map(ObjectTypes::bits).distinct().count() > 1);
  }

  public boolean any() {
    return typed;
  }

  /** The type of a key; 0 if keys have no types. */
  public int of(String key) {
    return typed ? bits(key) : 0;
  }

  /** The lifetime of the keys of a type. */
  public Duration lifetime(int type, Duration ttl) {
    return typed
        ? Duration.ofMillis((long) (ttl.toMillis() * FACTORS[type % FACTORS.length]))
        : ttl;
  }

  private static int bits(String key) {
    return Integer.parseUnsignedInt(key) >>> SHIFT;
  }
}
