/** Bytes that were good once, and something that has to read them. */
@NullMarked
package dev.corral.fuzz;

import org.jspecify.annotations.NullMarked;
