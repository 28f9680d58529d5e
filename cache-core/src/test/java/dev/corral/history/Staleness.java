package dev.corral.history;

import org.jspecify.annotations.Nullable;

/** How old the oldest value was that a get returned after a call had made it void. */
final class Staleness {

  /** The longest time from the end of a call to the begin of a get of a value from before it. */
  long worst;

  @Nullable Operation worstGet;

  void note(Operation get, long staleness) {
    if (staleness > worst) {
      worst = staleness;
      worstGet = get;
    }
  }
}
