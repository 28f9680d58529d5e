/** The servers of a run, and what goes wrong with them. */
@NullMarked
package dev.corral.bench.site;

import org.jspecify.annotations.NullMarked;
