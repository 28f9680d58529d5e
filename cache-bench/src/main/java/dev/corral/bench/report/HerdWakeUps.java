package dev.corral.bench.report;

/**
 * From the end of a load to the return of a waiter in another process, and what a PING takes in the
 * same rhythm; in microseconds.
 *
 * @param count wake-ups; 0 if every process loaded for itself, and then all ratios are 0
 * @param pings how many
 * @param p50Ratio the median of the wake-ups in units of the median of the PINGs
 * @param p99Ratio the same of the 99th percentiles
 */
public record HerdWakeUps(
    long count,
    double p50Micros,
    double p99Micros,
    long pings,
    double pingP50Micros,
    double pingP99Micros,
    double p50Ratio,
    double p99Ratio) {}
