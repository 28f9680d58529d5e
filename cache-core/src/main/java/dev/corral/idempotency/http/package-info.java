/**
 * The {@code Idempotency-Key} header of HTTP, for servers: {@link
 * dev.corral.idempotency.http.HttpIdempotency} decides, and knows no server. What fits it to one is
 * in the packages beside this one.
 */
@NullMarked
package dev.corral.idempotency.http;

import org.jspecify.annotations.NullMarked;
