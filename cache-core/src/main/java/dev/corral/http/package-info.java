/** A client for HTTP that tries again what is safe to try again, and no more than that. */
@NullMarked
package dev.corral.http;

import org.jspecify.annotations.NullMarked;
