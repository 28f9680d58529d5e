package dev.corral.history;

import java.util.ArrayList;
import java.util.List;

/** P1: no two loads of a key at a time, unless there is an excuse. */
final class OneLoad implements Rule {

  private final Scene scene;
  private final Excuses excuses;

  OneLoad(Scene scene, Excuses excuses) {
    this.scene = scene;
    this.excuses = excuses;
  }

  @Override
  public void check(KeyHistory key, Findings findings) {
    List<Operation> running = new ArrayList<>();
    for (Operation load : key.loads) {
      running.removeIf(earlier -> endOf(earlier) <= load.begin());
      for (Operation earlier : running) {
        if (excuses.existFor(key, earlier, load)) {
          findings.excusedOverlaps++;
        } else {
          findings.add(
              Promise.P1,
              "Key " + key.key + " was loaded while a load of it ran that nothing had made void:",
              earlier,
              load);
        }
      }
      running.add(load);
    }
  }

  private long endOf(Operation load) {
    return Math.min(load.end(), scene.states.goneAfter(load.node(), load.begin()));
  }
}
