/**
 * Real servers for tests and benchmarks: a Redis and a PostgreSQL, each found or started here.
 *
 * <p>Each is looked for in a fixed order and the first that works is taken. Nothing is skipped in
 * silence: when none works, the exception lists what was tried and what to set.
 */
@NullMarked
package dev.corral.servers;

import org.jspecify.annotations.NullMarked;
