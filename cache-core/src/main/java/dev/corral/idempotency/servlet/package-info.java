/**
 * The {@code Idempotency-Key} header for servers of Jakarta Servlet, 6.0 or later. Needs {@code
 * jakarta.servlet-api}, which nothing else here does.
 */
@NullMarked
package dev.corral.idempotency.servlet;

import org.jspecify.annotations.NullMarked;
