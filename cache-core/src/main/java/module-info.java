/**
 * A loading cache in two tiers, in the process and between processes.
 *
 * <p>Begin at {@link dev.corral.TieredCache}. A module that uses {@link
 * dev.corral.codec.JacksonCodec} requires {@code com.fasterxml.jackson.databind} itself: nothing
 * else here does, and who does without need not have it. The same goes for {@link
 * dev.corral.idempotency.jdbc.JdbcIdempotencyStore} and {@code java.sql}.
 */
module dev.corral {
  requires com.github.benmanes.caffeine;
  requires io.github.resilience4j.circuitbreaker;
  requires io.github.resilience4j.core;
  requires io.github.resilience4j.ratelimiter;
  requires org.slf4j;
  requires static com.fasterxml.jackson.databind;
  requires static java.sql;
  requires static org.jspecify; // annotations, which nothing reads at run time

  exports dev.corral;
  exports dev.corral.codec;
  exports dev.corral.idempotency;
  exports dev.corral.idempotency.jdbc;
  exports dev.corral.origin;
  exports dev.corral.remote;
  exports dev.corral.stats;
}
