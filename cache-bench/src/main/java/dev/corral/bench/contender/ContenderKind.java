package dev.corral.bench.contender;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** The contenders by name, in the order in which they run and are shown. */
public enum ContenderKind {
  NONE("none", "straight to the database", false, 0, Straight::new),
  LOCAL("local", "Caffeine alone, in each process", true, 0, Local::new),
  NAIVE("naive", "Caffeine, then Redis GET, else load and SET", true, 0, Naive::new),
  CORRAL("corral", "Corral", true, Corral.JITTER, Corral::withoutStale),
  CORRAL_STALE(
      "corral-stale",
      "Corral, with a stale window of five lifetimes",
      true,
      Corral.JITTER,
      Corral::withStale);

  private final String shownName;
  private final String description;
  private final boolean expiring;
  private final double jitter;
  private final Function<Setup, Contender> opening;

  ContenderKind(
      String shownName,
      String description,
      boolean expiring,
      double jitter,
      Function<Setup, Contender> opening) {
    this.shownName = shownName;
    this.description = description;
    this.expiring = expiring;
    this.jitter = jitter;
    this.opening = opening;
  }

  public static Optional<ContenderKind> named(String name) {
    return Arrays.stream(values()).filter(kind -> kind.shownName.equals(name)).findFirst();
  }

  public String shownName() {
    return shownName;
  }

  public String description() {
    return description;
  }

  /** Whether values are kept for a time, so that there are expiries to count. */
  public boolean expiring() {
    return expiring;
  }

  /** The part of a lifetime by which this contender may let a value lapse early. */
  public double jitter() {
    return jitter;
  }

  public Contender open(Setup setup) {
    return opening.apply(setup);
  }
}
