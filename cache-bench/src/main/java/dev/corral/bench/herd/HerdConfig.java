package dev.corral.bench.herd;

import java.net.URI;

/**
 * What a process of a herd is told, as one line of JSON.
 *
 * @param process its number, from 0
 * @param waiters how many threads it must have at least
 * @param loadNanos how long a load takes
 * @param namespace sets this run's keys apart in Redis
 */
record HerdConfig(
    int process,
    HerdKind kind,
    WaitingThreads threads,
    int waiters,
    long loadNanos,
    URI redis,
    String namespace) {}
