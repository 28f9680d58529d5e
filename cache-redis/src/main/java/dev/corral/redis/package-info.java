/** Redis as the remote tier, through Jedis. */
@NullMarked
package dev.corral.redis;

import org.jspecify.annotations.NullMarked;
