package dev.corral.bench.node;

import dev.corral.bench.contender.Page;

/** Looks at the page that a get brought. Thread-safe. */
@FunctionalInterface
interface PageCheck {

  /**
   * Checks a page.
   *
   * @param get the number of the get in the schedule of its node
   * @param dueAt when the get was due, in nanoseconds after the beginning
   * @param key the number of the key
   * @param askedAt when it began, by the clock that all nodes share
   */
  void check(int get, long dueAt, int key, Page page, long askedAt);
}
