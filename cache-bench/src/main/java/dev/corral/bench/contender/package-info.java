/** The ways to read a page that are compared: no cache, some caches, Corral. */
@NullMarked
package dev.corral.bench.contender;

import org.jspecify.annotations.NullMarked;
