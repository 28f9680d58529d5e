package dev.corral.history;

/**
 * P8: what a call could not tell Redis is told before its node trusts Redis again, so that by then
 * nothing from before it is anywhere.
 */
final class AfterOutage implements Deadlines {

  private final NodeStates states;
  private final Reach reach;

  AfterOutage(Scene scene) {
    this.states = scene.states;
    this.reach = new Reach(scene);
  }

  @Override
  public long of(Operation call, String node, boolean local) {
    if (call.outcome() != Outcome.PENDING) {
      // Reached Redis, or told its caller that it did not.
      return NEVER;
    }
    return reach.byNode(node, call, states.trustedAfter(call));
  }
}
