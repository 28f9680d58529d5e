/** What loads read from, and the limits that protect it. */
@NullMarked
package dev.corral.origin;

import org.jspecify.annotations.NullMarked;
