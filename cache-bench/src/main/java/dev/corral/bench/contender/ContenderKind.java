package dev.corral.bench.contender;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The contenders by name, in the order in which they run and are shown. */
public enum ContenderKind {
  NONE("none", "straight to the database", false, 0),
  LOCAL("local", "Caffeine alone, in each process", true, 0),
  NAIVE("naive", "Caffeine, then Redis GET, else load and SET", true, 0),
  CACHE_ASIDE("cache-aside", "Redis' own sample: one tier, a lock for each key in Redis", true, 0),
  SPRING("spring", "Spring Cache on Redis, sync = true, the locking writer", true, 0),
  SPRING_LOCK_FREE(
      "spring-lock-free", "Spring Cache on Redis, sync = true, the lock-free writer", true, 0),
  JETCACHE("jetcache", "JetCache, Caffeine and Redis, with penetration protection", true, 0),
  REDISSON("redisson", "Redisson, a map with local cache and a lock for each key", true, 0),
  CORRAL("corral", "Corral", true, Corral.JITTER),
  CORRAL_STALE(
      "corral-stale", "Corral, with a stale window of some lifetimes", true, Corral.JITTER),
  CORRAL_NO_BUDGET(
      "corral-no-budget",
      "corral-stale that tries failed loads again three times, whatever happens",
      true,
      Corral.JITTER),
  CORRAL_BUDGET(
      "corral-budget",
      "corral-stale with the same retries, and a budget of 10 % for them",
      true,
      Corral.JITTER),
  CORRAL_ORIGIN(
      "corral-origin",
      "corral-budget with a circuit breaker, and a load for each connection at a time",
      true,
      Corral.JITTER),
  LOCAL_ASIDE("local-aside", "Caffeine in each process, else load and put", true, 0),
  NAIVE_FLIGHT("naive-flight", "naive, and one look-up or load of a key in each process", true, 0),
  CORRAL_LEASE("corral-lease", "Corral without jitter, stale window and failure memory", true, 0),
  CORRAL_JITTER(
      "corral-jitter",
      "corral-lease with lifetimes that are up to 30 % shorter, at random",
      true,
      Corral.WIDE_JITTER),
  CORRAL_JITTER_STALE(
      "corral-jitter-stale",
      "corral-jitter with a stale window of some lifetimes",
      true,
      Corral.WIDE_JITTER),
  CORRAL_GUARDED(
      "corral-guarded",
      "corral-jitter-stale with failure memory, a circuit breaker, and a load for each connection",
      true,
      Corral.WIDE_JITTER);

  private static final Set<ContenderKind> STEPS_ONLY = EnumSet.range(LOCAL_ASIDE, CORRAL_GUARDED);

  private final String shownName;
  private final String description;
  private final boolean expiring;
  private final double jitter;

  ContenderKind(String shownName, String description, boolean expiring, double jitter) {
    this.shownName = shownName;
    this.description = description;
    this.expiring = expiring;
    this.jitter = jitter;
  }

  public static Optional<ContenderKind> named(String name) {
    return Arrays.stream(values()).filter(kind -> kind.shownName.equals(name)).findFirst();
  }

  /** Those that people use; the others are steps on the way from one of them to the next. */
  public static List<ContenderKind> inUse() {
    return Arrays.stream(values()).filter(kind -> !STEPS_ONLY.contains(kind)).toList();
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
    return switch (this) {
      case NONE -> new Straight(setup);
      case LOCAL -> new Local(setup);
      case NAIVE -> new Naive(setup);
      case CACHE_ASIDE -> new CacheAside(setup);
      case SPRING -> SpringCache.locking(setup);
      case SPRING_LOCK_FREE -> SpringCache.lockFree(setup);
      case JETCACHE -> new JetCache(setup);
      case REDISSON -> new RedissonMap(setup);
      case CORRAL -> Corral.withoutStale(setup);
      case CORRAL_STALE -> Corral.withStale(setup);
      case CORRAL_NO_BUDGET -> Corral.withStale(setup, Protection.RETRIES);
      case CORRAL_BUDGET -> Corral.withStale(setup, Protection.BUDGET);
      case CORRAL_ORIGIN -> Corral.withStale(setup, Protection.ALL);
      case LOCAL_ASIDE -> new LocalAside(setup);
      case NAIVE_FLIGHT -> new NaiveFlight(setup);
      case CORRAL_LEASE -> new Corral(setup, Features.lease());
      case CORRAL_JITTER -> new Corral(setup, Features.lease().withJitter());
      case CORRAL_JITTER_STALE -> new Corral(setup, Features.lease().withJitter().withStale());
      case CORRAL_GUARDED -> new Corral(setup, Features.guarded());
    };
  }
}
