/** A two-tier cache that loads each missing key once. */
@NullMarked
package dev.corral;

import org.jspecify.annotations.NullMarked;
