/**
 * Many threads on several nodes do whatever a cache can do while things go wrong, and a checker
 * reads what they saw.
 */
@NullMarked
package dev.corral.workload;

import org.jspecify.annotations.NullMarked;
