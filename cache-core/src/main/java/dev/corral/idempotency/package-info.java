/**
 * Writes that happen once, however often they are asked for: {@link
 * dev.corral.idempotency.Idempotency} for those who ask, {@link
 * dev.corral.idempotency.IdempotencyStore} for those who remember.
 */
@NullMarked
package dev.corral.idempotency;

import org.jspecify.annotations.NullMarked;
