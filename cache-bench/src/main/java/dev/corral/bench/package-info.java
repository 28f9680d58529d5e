/**
 * The {@code stampede} program: several processes ask for the same keys, with and without Corral.
 */
@NullMarked
package dev.corral.bench;

import org.jspecify.annotations.NullMarked;
