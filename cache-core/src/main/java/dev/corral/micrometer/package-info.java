/**
 * Meters and spans of caches, for Micrometer. Needs {@code micrometer-core} on the class path;
 * nothing else in Corral does.
 */
@NullMarked
package dev.corral.micrometer;

import org.jspecify.annotations.NullMarked;
