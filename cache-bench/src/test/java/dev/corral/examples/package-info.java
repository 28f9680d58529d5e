/** The examples of README and docs, as tests. */
@NullMarked
package dev.corral.examples;

import org.jspecify.annotations.NullMarked;
