/** Microbenchmarks, to be run by JMH. */
@NullMarked
package dev.corral.bench.jmh;

import org.jspecify.annotations.NullMarked;
