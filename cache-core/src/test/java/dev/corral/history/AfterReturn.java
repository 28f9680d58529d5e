package dev.corral.history;

import java.util.List;

/**
 * P2: at once on the node that called, and through Redis; in the memory of other nodes as soon as
 * the word is there. A call that did not reach Redis counts elsewhere from its replay.
 */
final class AfterReturn implements Deadlines {

  private final NodeStates states;
  private final Reach reach;
  private final List<Operation> replays;

  /**
   * Speaks of the calls of a key, or of those of all keys.
   *
   * @param replays of the same key, or of all
   */
  AfterReturn(Scene scene, List<Operation> replays) {
    this.states = scene.states;
    this.reach = new Reach(scene);
    this.replays = replays;
  }

  @Override
  public long of(Operation call, String node, boolean local) {
    if (!counts(call) || states.redisLost().meets(call.begin(), call.end())) {
      return NEVER;
    }
    if (node.equals(call.node())) {
      return call.end();
    }
    long told = toldAt(call);
    return local ? reach.byNode(node, call, told) : told;
  }

  private static boolean counts(Operation call) {
    return switch (call.outcome()) {
      case DONE, PENDING -> true;
      // A put that failed leaves the old value, which then is as good as before.
      case UNDELIVERED -> call.kind() != Kind.PUT;
      // Whether the origin changed nobody knows.
      case FAILED -> call.kind().changesOrigin();
      default -> false;
    };
  }

  private long toldAt(Operation call) {
    if (call.outcome() != Outcome.UNDELIVERED && call.outcome() != Outcome.PENDING) {
      return call.end();
    }
    int later = Sorted.countBelow(replays, Operation::begin, call.end());
    for (Operation replay : replays.subList(later, replays.size())) {
      if (replay.node().equals(call.node())) {
        return replay.end();
      }
    }
    return NEVER;
  }
}
