/** What a cache counts. */
@NullMarked
package dev.corral.stats;

import org.jspecify.annotations.NullMarked;
