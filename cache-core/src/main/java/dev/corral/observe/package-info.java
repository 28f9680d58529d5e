/** Watching what takes time in a cache: loads, refreshes, waits, and steps of the remote tier. */
@NullMarked
package dev.corral.observe;

import org.jspecify.annotations.NullMarked;
