package dev.corral.history;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * P2 and P8: no get that begins when a call is in force returns a value whose load began before the
 * call, nor a version below the one that the origin held before it, or that the call itself
 * brought. When a call is in force is what the two promises differ in.
 */
final class NoValueFromBefore implements Rule {

  private record Asker(String node, boolean local) {}

  private final Promise promise;
  private final Scene scene;
  private final Function<List<Operation>, Deadlines> deadlinesByReplays;
  private final Map<Asker, Floors> clears = new HashMap<>();

  /**
   * Prepares the rule.
   *
   * @param deadlinesByReplays the deadlines of the calls for a key, or for all, by their replays
   */
  NoValueFromBefore(
      Promise promise, Scene scene, Function<List<Operation>, Deadlines> deadlinesByReplays) {
    this.promise = promise;
    this.scene = scene;
    this.deadlinesByReplays = deadlinesByReplays;
  }

  @Override
  public void check(KeyHistory key, Findings findings) {
    if (key.calls.isEmpty() && scene.clears.isEmpty()) {
      return;
    }
    Map<Asker, Floors> calls = new HashMap<>();
    Deadlines ofCalls = deadlinesByReplays.apply(key.replays);
    Deadlines ofClears = deadlinesByReplays.apply(scene.clearReplays);
    for (Operation get : key.gets) {
      Answer answer = get.hasEnded() ? key.values.answerOf(get) : null;
      if (answer == null) {
        continue;
      }
      Asker asker = new Asker(get.node(), get.source() != Source.REMOTE);
      Floors floors = calls.computeIfAbsent(asker, a -> floors(key, key.calls, a, ofCalls));
      Floors clearFloors =
          clears.computeIfAbsent(asker, a -> floors(key, scene.clears, a, ofClears));
      Operation broken = firstBroken(key, get, answer, floors);
      if (broken == null) {
        broken = firstBroken(key, get, answer, clearFloors);
      }
      if (broken != null) {
        findings.add(promise, words(get, answer, broken), answer.maker(), broken, get);
      }
    }
  }

  private Floors floors(KeyHistory key, List<Operation> all, Asker asker, Deadlines deadlines) {
    return new Floors(
        all,
        call -> deadlines.of(call, asker.node(), asker.local()),
        // Nobody changes the origin and clears at once: what is for all keys is of none.
        call -> call.key() == null ? Operation.NO_VERSION : key.versions.broughtBy(call));
  }

  private static @Nullable Operation firstBroken(
      KeyHistory key, Operation get, Answer answer, Floors floors) {
    Operation latest = floors.latestBefore(get.begin());
    if (latest == null) {
      return null;
    }
    if (answer.since() < latest.begin()
        || answer.version() < key.versions.inPlaceBefore(latest.begin())) {
      return latest;
    }
    Operation highest = floors.highestBefore(get.begin());
    boolean older = highest != null && answer.version() < key.versions.broughtBy(highest);
    return older ? highest : null;
  }

  private String words(Operation get, Answer answer, Operation call) {
    String age =
        answer.since() < call.begin()
            ? "which is from "
                + Words.millis(call.begin() - answer.since())
                + " before a call that made it void"
            : "while the origin held a later one before a call that made this one void was over";
    return "A get of key "
        + get.key()
        + " returned version "
        + answer.maker().version()
        + ", "
        + age
        + "; it began "
        + Words.millis(get.begin() - call.end())
        + " after that call's end:";
  }
}
