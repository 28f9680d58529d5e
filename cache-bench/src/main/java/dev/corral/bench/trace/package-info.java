/** Recorded sequences of keys, read from files. */
@NullMarked
package dev.corral.bench.trace;

import org.jspecify.annotations.NullMarked;
