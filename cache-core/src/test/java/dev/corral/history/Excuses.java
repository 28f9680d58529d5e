package dev.corral.history;

/** Why a key may be loaded although a load of it is under way, or was waited for. */
final class Excuses {

  private final Scene scene;
  private final Allowances allowances;

  Excuses(Scene scene) {
    this.scene = scene;
    this.allowances = scene.allowances;
  }

  /** Whether there is a reason for the second load in spite of the first, which began before. */
  boolean existFor(KeyHistory key, Operation first, Operation second) {
    // Whose right was granted first is not known: the first to load may have been the last to ask.
    long from = Math.min(askedAt(key, first), askedAt(key, second));
    long to = second.begin();
    return key.voidings.meets(from, to)
        || scene.clearSpans.meets(from, to)
        || isUnreachable(first, from, to)
        || isUnreachable(second, askedAt(key, second), to)
        || scene.states.redisLost().meets(from, to)
        || hasPausedTooLong(first, from, to)
        || hasUsedUpItsTime(first, askedAt(key, first), to);
  }

  /** Returns when the right to a load was asked for at the earliest. */
  private long askedAt(KeyHistory key, Operation load) {
    Operation asker = key.askerOf(load);
    return asker != null ? asker.begin() : load.begin() - allowances.slackNanos();
  }

  private boolean isUnreachable(Operation load, long from, long to) {
    return scene.states.of(load.node(), Kind.UNREACHABLE).meets(from, to);
  }

  private boolean hasPausedTooLong(Operation load, long from, long to) {
    Spans pauses = scene.states.of(load.node(), Kind.PAUSED);
    return pauses.meetsOneOf(allowances.lethalPauseNanos(), from, to);
  }

  /** A load that hangs gives up its right at its deadline, which counts from when it got it. */
  private boolean hasUsedUpItsTime(Operation load, long askedAt, long to) {
    long earlier = Math.min(load.begin() - askedAt, allowances.slackNanos());
    return to - load.begin() >= allowances.loadTimeoutNanos() - earlier;
  }
}
