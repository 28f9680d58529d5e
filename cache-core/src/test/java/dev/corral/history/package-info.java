/**
 * Decides from what was seen whether the promises held.
 *
 * <p>Nodes record what they do in a {@link dev.corral.history.History}; {@link
 * dev.corral.history.HistoryChecker} reads it when all is over. Times are those of {@link
 * System#nanoTime}, which on one Linux host is one clock for all processes (it counts from the
 * boot), so that the records of several processes can be merged. It is not one clock for several
 * hosts.
 */
@NullMarked
package dev.corral.history;

import org.jspecify.annotations.NullMarked;
