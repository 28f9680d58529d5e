/** Processes that want the same to happen once, and that are killed or paused on the way. */
@NullMarked
package dev.corral.bench.once;

import org.jspecify.annotations.NullMarked;
