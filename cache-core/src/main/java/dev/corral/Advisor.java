package dev.corral;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through the options of a cache for what is allowed but probably not intended, and says so
 * once, when the cache is built. What makes no sense at all is refused by the builder. No default
 * is doubted for the value of another option.
 */
final class Advisor {

  private static final Logger LOG = LoggerFactory.getLogger(TieredCache.class);

  /** A shorter life is mostly spent on the way between the nodes. */
  private static final Duration SHORTEST_LIFE_TO_SHARE = Duration.ofMillis(100);

  private static final int FEW_VALUES = 100;

  /** Each part of a value has its name beside it, or the value has no parts. */
  private static final Set<String> HARMLESS_FORMATS = Set.of("cbor", "json", "smile", "utf-8");

  /** Ends in a number that counts releases: {@code product-2}, {@code product-v2}. */
  private static final Pattern VERSIONED = Pattern.compile("\\d$");

  private Advisor() {}

  /**
   * A doubt about an option.
   *
   * @param option with its value
   */
  record Advice(String option, Object value, String advice) {
    @Override
    public String toString() {
      return option + " is " + value + ": " + advice;
    }
  }

  /** Logs what is found. */
  static void advise(String cache, List<Advice> found) {
    found.forEach(each -> LOG.info("Cache {}: {} (advice(false) silences this)", cache, each));
  }

  /**
   * Returns what is doubtful.
   *
   * @param fixed the freshness of every value; null if each has its own
   * @param leaseTime as it was set; null if it was not
   */
  static List<Advice> of(
      Config<?, ?> config, @Nullable Freshness fixed, @Nullable Duration leaseTime) {
    List<Advice> found = new ArrayList<>();
    if (fixed != null) {
      addLifetimes(config, fixed, found);
    }
    if (config.maximumSize() < FEW_VALUES) {
      found.add(
          new Advice(
              "maximumSize",
              config.maximumSize(),
              "so few values are evicted before they are used again; it counts entries, not"
                  + " bytes"));
    }
    if (config.softTimeout().compareTo(config.loadTimeout()) >= 0) {
      found.add(
          new Advice(
              "softTimeout",
              config.softTimeout(),
              "it is no shorter than loadTimeout %s: callers wait for a load as if nothing were stale"
                  .formatted(config.loadTimeout())));
    }
    if (config.remote() != null) {
      addShared(config.remote(), found);
      addNodes(config, leaseTime, found);
    }
    return found;
  }

  private static void addLifetimes(Config<?, ?> config, Freshness fixed, List<Advice> found) {
    Duration fresh = fixed.freshFor();
    Duration stale = fixed.staleFor();
    if (!stale.isZero() && stale.compareTo(config.loadTimeout()) < 0) {
      found.add(
          new Advice(
              "staleFor",
              stale,
              "it is shorter than loadTimeout %s: a slow load outlives what is served meanwhile"
                  .formatted(config.loadTimeout())));
    }
    if (!config.absent().isUncached() && config.absent().freshFor().compareTo(fresh) > 0) {
      found.add(
          new Advice(
              "absentFor",
              config.absent().freshFor(),
              "it is longer than freshFor %s: what is created in the origin is missed for longer"
                  .formatted(fresh)));
    }
    if (config.remote() != null && fresh.compareTo(SHORTEST_LIFE_TO_SHARE) < 0) {
      found.add(
          new Advice(
              "freshFor", fresh, "so short a life is mostly spent on the way between the nodes"));
    }
  }

  private static void addShared(Config.Remote<?> remote, List<Advice> found) {
    if (remote.schema() == null && mayBeMisread(remote.codec().name())) {
      found.add(
          new Advice(
              "schema",
              "not set",
              ("codec %s has no version at the end of its name either: a release that writes other"
                      + " values would read those of the one before")
                  .formatted(remote.codec().name())));
    }
    if (remote.store().namespace().isEmpty()) {
      found.add(
          new Advice(
              "namespace",
              "empty",
              "another application with a cache of this name in the same store shares its values"));
    }
  }

  /** Whether bytes that another release wrote may be taken for a value that they are not. */
  private static boolean mayBeMisread(String codec) {
    String format = codec.replaceFirst("\\+.*", ""); // what compresses or encrypts changes nothing
    return !HARMLESS_FORMATS.contains(format) && !VERSIONED.matcher(format).find();
  }

  private static void addNodes(
      Config<?, ?> config, @Nullable Duration leaseTime, List<Advice> found) {
    if (leaseTime != null && leaseTime.compareTo(config.loadTimeout()) > 0) {
      found.add(
          new Advice(
              "leaseTime",
              leaseTime,
              "it is longer than loadTimeout %s: if a node dies, the others wait for its lease longer"
                      .formatted(config.loadTimeout())
                  + " than they would for its load"));
    }
    if (config.localWhileDisconnected() != null
        && config.localWhileDisconnected().compareTo(config.syncInterval().multipliedBy(2)) < 0) {
      found.add(
          new Advice(
              "localWhileDisconnected",
              config.localWhileDisconnected(),
              "it is shorter than two syncIntervals of %s: one slow answer voids the local tier"
                  .formatted(config.syncInterval())));
    }
  }
}
