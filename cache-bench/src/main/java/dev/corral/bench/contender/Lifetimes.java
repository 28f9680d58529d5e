package dev.corral.bench.contender;

import java.time.Duration;

/** For how long the page of a key may be served after it was loaded. */
@FunctionalInterface
public interface Lifetimes {
  Duration of(String key);
}
