package dev.corral.history;

/** Breaks nothing: measures how late other nodes hear of calls, while they can. */
final class MeasureStaleness implements Rule {

  private final Scene scene;
  private final FirstEnds clears;

  MeasureStaleness(Scene scene) {
    this.scene = scene;
    this.clears = new FirstEnds(scene.clears);
  }

  @Override
  public void check(KeyHistory key, Findings findings) {
    FirstEnds calls = new FirstEnds(key.calls);
    for (Operation get : key.gets) {
      Answer answer = get.hasEnded() ? key.values.answerOf(get) : null;
      if (answer == null || answer.since() == Operation.OPEN) {
        continue;
      }
      long over = Math.min(calls.endAfter(answer.since()), clears.endAfter(answer.since()));
      if (over < get.begin() && couldHear(get.node(), over, get.begin())) {
        findings.staleness.note(get, get.begin() - over);
      }
    }
  }

  private boolean couldHear(String node, long from, long to) {
    return !scene.states.cutOff(node).meets(from, to)
        && !scene.states.of(node, Kind.PAUSED).meets(from, to);
  }
}
