package dev.corral.bench;

import dev.corral.bench.contender.Limits;
import dev.corral.bench.node.Key;
import dev.corral.bench.node.Roster;
import dev.corral.bench.node.Schedule;
import dev.corral.bench.site.Timeline;
import java.time.Duration;
import java.util.List;

/**
 * What is asked for and what happens meanwhile, the same for every contender.
 *
 * @param warmUp how long the nodes run before the window in which they are measured
 * @param window how long they are measured
 * @param patience for how long gets that are due may still begin after that
 * @param timeline what happens in the window
 * @param changes of the rows, meanwhile
 */
record Scenario(
    String name,
    List<Key> keys,
    Schedule schedule,
    Roster roster,
    Limits limits,
    Duration warmUp,
    Duration window,
    Duration patience,
    Timeline timeline,
    Duration ttl,
    double rate,
    Changes changes) {

  /** A scenario whose rows are at rest. */
  Scenario(
      String name,
      List<Key> keys,
      Schedule schedule,
      Roster roster,
      Limits limits,
      Duration warmUp,
      Duration window,
      Duration patience,
      Timeline timeline,
      Duration ttl,
      double rate) {
    this(
        name,
        keys,
        schedule,
        roster,
        limits,
        warmUp,
        window,
        patience,
        timeline,
        ttl,
        rate,
        Changes.none());
  }
}
