package dev.corral;

import dev.corral.remote.Lease;

/**
 * A miss, and the right to load its key for the cluster.
 *
 * @param era read before the right was asked for
 */
record Grant<K, V>(Miss<K, V> miss, Lease lease, Era era) {}
