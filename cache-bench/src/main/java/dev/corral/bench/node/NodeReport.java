package dev.corral.bench.node;

import java.util.List;
import java.util.Map;

/**
 * What one node measured in its window; its load events are in a file of their own.
 *
 * @param gets gets due in the window that were answered, with a value or an exception
 * @param notServed gets due in the window that had not begun when the node stopped
 * @param wrongValues values that are not what the database holds for their key
 * @param stale values older than their lifetime when they were asked for
 * @param oldestNanos the greatest age of a value when it was asked for
 * @param exceptions how often a get failed, by the name of the exception's class
 * @param latencies an HdrHistogram of nanoseconds for each second of the window, in Base64
 */
record NodeReport(
    long gets,
    long notServed,
    long wrongValues,
    long stale,
    long oldestNanos,
    Map<String, Long> exceptions,
    List<String> latencies) {}
