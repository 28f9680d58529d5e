/** What is expected of the results of each scenario, and whether it was found. */
@NullMarked
package dev.corral.bench.verdict;

import org.jspecify.annotations.NullMarked;
