package dev.corral.history;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Decides from a history which promises were broken. Pure: looks at nothing but the history, in
 * about n log n steps.
 *
 * <p>Doubt speaks for the cache. An overlap of loads is excused by anything that may have made the
 * first one void; a get at the time of a call may see either side of it; a value that a put of
 * unknown outcome left may turn up at any time.
 */
public final class HistoryChecker {

  private HistoryChecker() {}

  /** Checks a history, in whatever order its operations are. */
  public static Report check(Collection<Operation> history, Allowances allowances) {
    List<Operation> sorted = history.stream().sorted(HistoryFile.BY_BEGIN).toList();
    Scene scene = new Scene(sorted, allowances);
    Findings findings = new Findings(scene.words);
    List<Rule> rules = rules(scene);
    for (Map.Entry<String, List<Operation>> each : scene.byKey.entrySet()) {
      KeyHistory key = new KeyHistory(each.getKey(), each.getValue(), scene.states);
      rules.forEach(rule -> rule.check(key, findings));
    }
    return new Report(sorted, findings);
  }

  private static List<Rule> rules(Scene scene) {
    Excuses excuses = new Excuses(scene);
    return List.of(
        new KnownValues(scene),
        new OneLoad(scene, excuses),
        new SharedFailure(scene, excuses),
        new NoValueFromBefore(Promise.P2, scene, replays -> new AfterReturn(scene, replays)),
        new NoValueFromBefore(Promise.P8, scene, replays -> new AfterOutage(scene)),
        new NobodyWaits(),
        new EveryWaitEnds(scene),
        new MeasureStaleness(scene));
  }
}
