package dev.corral.bench;

import dev.corral.bench.node.Key;
import dev.corral.bench.node.Schedule;
import java.time.Duration;
import java.util.List;

/**
 * What is asked for, the same for every contender.
 *
 * @param warmUp how long the nodes run before the window in which they are measured
 * @param window how long they are measured
 * @param patience for how long gets that are due may still begin after that
 */
record Scenario(
    String name,
    List<Key> keys,
    Schedule schedule,
    Duration warmUp,
    Duration window,
    Duration patience,
    Duration ttl,
    double rate) {}
