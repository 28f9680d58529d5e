package dev.corral.history;

/** When what is told in Redis has reached the memory of a node. */
final class Reach {

  private final NodeStates states;
  private final long bound;

  Reach(Scene scene) {
    states = scene.states;
    bound = scene.allowances.boundNanos();
  }

  /**
   * Returns by when a node has learned of a call.
   *
   * @param told when Redis knew, or {@link Deadlines#NEVER}
   */
  long byNode(String node, Operation call, long told) {
    if (told == Deadlines.NEVER) {
      return told;
    }
    Spans cutOff = states.cutOff(node);
    Spans pauses = states.of(node, Kind.PAUSED);
    long by = told + bound;
    long before;
    do {
      before = by;
      // When it hears the others again, it has made up for what it missed.
      by = cutOff.outOf(by);
      long awake = pauses.lastEndMeeting(call.begin(), by, Long.MIN_VALUE);
      if (awake != Long.MIN_VALUE) {
        by = Math.max(by, awake == Operation.OPEN ? awake : awake + bound);
      }
    } while (by != before && by != Deadlines.NEVER);
    return by;
  }
}
