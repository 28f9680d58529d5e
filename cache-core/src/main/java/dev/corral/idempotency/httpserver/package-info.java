/**
 * The {@code Idempotency-Key} header for the JDK's {@link com.sun.net.httpserver.HttpServer}. Needs
 * the module {@code jdk.httpserver}, which nothing else here does.
 */
@NullMarked
package dev.corral.idempotency.httpserver;

import org.jspecify.annotations.NullMarked;
