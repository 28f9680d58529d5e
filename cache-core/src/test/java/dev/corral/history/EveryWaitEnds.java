package dev.corral.history;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * P4: every get ends within its load timeout, not counting the loaders that its own thread ran, and
 * the time that its process stood still.
 */
final class EveryWaitEnds implements Rule {

  private final Scene scene;
  private final long most;

  EveryWaitEnds(Scene scene) {
    this.scene = scene;
    this.most = scene.allowances.loadTimeoutNanos() + scene.allowances.slackNanos();
  }

  @Override
  public void check(KeyHistory key, Findings findings) {
    Map<String, Spans> loadsByNode = new HashMap<>();
    for (Operation get : key.gets) {
      long until = get.hasEnded() ? get.end() : scene.lastTime;
      if (until - get.begin() <= most || diedWith(get)) {
        continue;
      }
      // Loaders of a get that is a future run on any thread of the node.
      Spans own =
          get.thread() >= 0
              ? scene.loadsOf(get.lane())
              : loadsByNode.computeIfAbsent(get.node(), node -> loadsOn(node, key.loads));
      Spans pauses = scene.states.of(get.node(), Kind.PAUSED);
      long waited =
          until
              - get.begin()
              - own.covered(get.begin(), until)
              - pauses.covered(get.begin(), until);
      if (waited > most) {
        findings.add(Promise.P4, words(get, waited), get);
      }
    }
  }

  private boolean diedWith(Operation get) {
    return !get.hasEnded() && scene.states.goneAfter(get.node(), get.begin()) != Operation.OPEN;
  }

  private static Spans loadsOn(String node, List<Operation> loads) {
    return Spans.of(
        loads.stream().filter(load -> load.node().equals(node)).collect(Collectors.toList()));
  }

  private static String words(Operation get, long waited) {
    return (get.hasEnded() ? "A get of key %s waited %s:" : "A get of key %s still waits after %s:")
        .formatted(get.key(), Words.millis(waited));
  }
}
