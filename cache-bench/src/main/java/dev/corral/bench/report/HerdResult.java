package dev.corral.bench.report;

import java.util.List;

/**
 * What a run of herds found; the content of its {@code result.json}.
 *
 * @param waiters of each process
 * @param threads platform or virtual
 * @param rounds that were measured, of herds and of wake-ups each
 * @param expectations what decides the exit code
 * @param goals what Corral should take on a quiet machine; they decide nothing
 */
public record HerdResult(
    String scenario,
    int processes,
    int waiters,
    String threads,
    long loadMillis,
    int rounds,
    int warmUpRounds,
    List<HerdContender> contenders,
    List<Expectation> expectations,
    List<Expectation> goals,
    String machine,
    String startedAt) {}
