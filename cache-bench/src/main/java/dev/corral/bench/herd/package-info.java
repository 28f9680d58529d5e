/** Many callers in several processes ask for one key at one instant: what that costs, measured. */
@NullMarked
package dev.corral.bench.herd;

import org.jspecify.annotations.NullMarked;
