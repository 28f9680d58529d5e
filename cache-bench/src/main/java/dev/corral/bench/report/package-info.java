/** What a run found, as a table, as JSON and as a page with charts. */
@NullMarked
package dev.corral.bench.report;

import org.jspecify.annotations.NullMarked;
