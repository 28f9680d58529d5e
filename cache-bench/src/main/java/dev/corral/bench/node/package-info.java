/** The node processes: what runs in one, and how the program steers them. */
@NullMarked
package dev.corral.bench.node;

import org.jspecify.annotations.NullMarked;
