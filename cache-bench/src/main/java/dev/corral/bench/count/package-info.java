/** Counting over all processes, from the events that loads leave behind. */
@NullMarked
package dev.corral.bench.count;

import org.jspecify.annotations.NullMarked;
