/** Tests of the store in Redis, all of them with a real server. */
@NullMarked
package dev.corral.redis;

import org.jspecify.annotations.NullMarked;
