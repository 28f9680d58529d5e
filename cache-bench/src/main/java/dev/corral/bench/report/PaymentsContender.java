package dev.corral.bench.report;

import java.util.List;
import java.util.Map;

/**
 * What became of the payments in one mode.
 *
 * @param charges rows in the ledger
 * @param duplicates charges beyond the first one of their payment
 * @param lost payments without any charge
 * @param asks what customers sent off: payments, second clicks, reused keys, reconciliation
 * @param retries requests that repeated one that failed, of customers and of the API
 * @param amplification requests to the payment service for each ask
 * @param replays answers of the payment service that an earlier request had made
 * @param conflicts answers of the payment service that a key belongs to another request
 * @param inProgress answers of the payment service that a key is in progress
 * @param breakerOpenings of customers and the API, as far as they were seen
 * @param rejected requests that an open breaker kept from being sent
 * @param budgetRefused retries that a budget did not allow
 * @param crashes how often the payment service was killed
 * @param apiCrashes how often the API was
 * @param gaveUp asks without a final answer when the faults ended
 * @param unanswered asks without a final answer in the end
 * @param reusedKeys asks that used the key of another one
 * @param refusedKeys of those, the ones that were refused in the end
 * @param wrongAmounts payments that were charged another amount
 * @param wronglyTold payments about which somebody was told of a charge that is not the one
 * @param wronglyAnswered asks whose final answer is not the right one
 * @param seconds until all payments had been asked for
 * @param faults that were injected on both hops, by name
 * @param endedPerSecond asks that ended
 * @param requestsPerSecond requests to the payment service
 * @param faultsPerSecond faults on both hops
 */
public record PaymentsContender(
    String name,
    String description,
    long payments,
    long charges,
    long duplicates,
    long lost,
    long asks,
    long retries,
    double amplification,
    long replays,
    long conflicts,
    long inProgress,
    long breakerOpenings,
    long rejected,
    long budgetRefused,
    long crashes,
    long apiCrashes,
    long gaveUp,
    long unanswered,
    long reusedKeys,
    long refusedKeys,
    long wrongAmounts,
    long wronglyTold,
    long wronglyAnswered,
    long seconds,
    long p50Micros,
    long p99Micros,
    long maxMicros,
    Map<String, Long> faults,
    List<Long> endedPerSecond,
    List<Long> requestsPerSecond,
    List<Long> faultsPerSecond) {}
