package dev.corral.bench;

import dev.corral.bench.node.Schedule;

/**
 * Which rows change when, and on how many threads of each node.
 *
 * @param schedule when which key's row changes; dealt to the nodes as gets are
 */
record Changes(Schedule schedule, int writers) {

  /** Rows are at rest. */
  static Changes none() {
    return new Changes(Schedule.none(), 0);
  }
}
