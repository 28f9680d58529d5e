/** What JMH measured, read from its JSON files: compared, and shown beside a baseline. */
@NullMarked
package dev.corral.bench.compare;

import org.jspecify.annotations.NullMarked;
