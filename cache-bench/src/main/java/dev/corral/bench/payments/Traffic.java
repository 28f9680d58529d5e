package dev.corral.bench.payments;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What went to and fro in a run.
 *
 * @param asks what customers asked for, reconciliation included
 * @param senders what customers and the API have sent
 * @param first the hop before the API
 * @param second the hop behind it
 * @param gaveUp asks without a final answer before reconciliation
 * @param seconds until then
 * @param micros how long it took until somebody was told
 * @param perSecond asks that ended, requests to the payment service, faults
 */
record Traffic(
    long asks,
    SenderStats senders,
    HopCounts first,
    HopCounts second,
    int crashes,
    int apiCrashes,
    long gaveUp,
    long seconds,
    Histogram micros,
    List<List<Long>> perSecond) {}
