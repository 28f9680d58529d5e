package dev.corral.bench.compare;

/**
 * What JMH itself makes of all iterations of all forks.
 *
 * @param error half the width of the confidence interval of 99.9 %, as if all iterations were
 *     independent; NaN if there are too few
 */
public record MeanAndError(double mean, double error) {}
