/**
 * Faults between a client and a real Redis: a proxy that cuts, silences and delays connections, and
 * loses, repeats and reorders what Redis publishes.
 */
@NullMarked
package dev.corral.servers.faults;

import org.jspecify.annotations.NullMarked;
