/** Outcomes of writes that happen once, in a table. */
@NullMarked
package dev.corral.idempotency.jdbc;

import org.jspecify.annotations.NullMarked;
