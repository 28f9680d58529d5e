/**
 * Which versions of rows were read, and which had been told to be out of date: the events of all
 * nodes on one clock, and the check of the one against the other.
 */
@NullMarked
package dev.corral.bench.history;

import org.jspecify.annotations.NullMarked;
