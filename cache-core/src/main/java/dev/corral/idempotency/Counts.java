package dev.corral.idempotency;

import java.util.concurrent.atomic.LongAdder;

/** Counts what comes of calls. */
final class Counts {

  final LongAdder executions = new LongAdder();
  final LongAdder replays = new LongAdder();
  final LongAdder waits = new LongAdder();
  final LongAdder inProgress = new LongAdder();
  final LongAdder conflicts = new LongAdder();
  final LongAdder unknown = new LongAdder();
  final LongAdder rerun = new LongAdder();
  final LongAdder failures = new LongAdder();
  final LongAdder released = new LongAdder();
  final LongAdder lost = new LongAdder();
  final LongAdder unstored = new LongAdder();
  final LongAdder purged = new LongAdder();

  IdempotencyStats read() {
    return new IdempotencyStats(
        executions.sum(),
        replays.sum(),
        waits.sum(),
        inProgress.sum(),
        conflicts.sum(),
        unknown.sum(),
        rerun.sum(),
        failures.sum(),
        released.sum(),
        lost.sum(),
        unstored.sum(),
        purged.sum());
  }
}
