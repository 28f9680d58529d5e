/**
 * Several node processes do whatever a cache can do, on a real Redis, while things go wrong for
 * real, and a checker reads what they saw.
 */
@NullMarked
package dev.corral.bench.workload;

import org.jspecify.annotations.NullMarked;
