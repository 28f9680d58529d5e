/** A small service to try Corral on: pages over HTTP, in front of a cache and a database. */
@NullMarked
package dev.corral.bench.serve;

import org.jspecify.annotations.NullMarked;
