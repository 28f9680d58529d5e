/**
 * A loading cache in two tiers, in the process and between processes.
 *
 * <p>Begin at {@link dev.corral.TieredCache}. A module that uses {@link
 * dev.corral.codec.JacksonCodec} requires {@code com.fasterxml.jackson.databind} itself: nothing
 * else here does, and who does without need not have it. The same holds for {@code
 * dev.corral.micrometer} and Micrometer, for {@code dev.corral.spring} and Spring, for {@link
 * dev.corral.idempotency.jdbc.JdbcIdempotencyStore} and {@code java.sql}, for {@code
 * dev.corral.idempotency.httpserver} and {@code jdk.httpserver}, for {@code
 * dev.corral.idempotency.servlet} and {@code jakarta.servlet}, and for {@code dev.corral.http} and
 * {@code java.net.http}.
 */
module dev.corral {
  requires com.github.benmanes.caffeine;
  requires io.github.resilience4j.circuitbreaker;
  requires io.github.resilience4j.core;
  requires io.github.resilience4j.ratelimiter;
  requires org.slf4j;
  requires static com.fasterxml.jackson.databind;
  requires static transitive java.net.http;
  requires static transitive java.sql;
  requires static transitive jakarta.servlet;
  requires static transitive jdk.httpserver;
  requires static micrometer.core;
  requires static micrometer.observation;
  requires static spring.aop;
  requires static spring.beans;
  requires static spring.boot;
  requires static spring.boot.autoconfigure;
  requires static spring.context;
  requires static spring.context.support;
  requires static spring.core;
  requires static org.jspecify; // annotations, which nothing reads at run time

  exports dev.corral;
  exports dev.corral.codec;
  exports dev.corral.http;
  exports dev.corral.idempotency;
  exports dev.corral.idempotency.http;
  exports dev.corral.idempotency.httpserver;
  exports dev.corral.idempotency.jdbc;
  exports dev.corral.idempotency.servlet;
  exports dev.corral.micrometer;
  exports dev.corral.observe;
  exports dev.corral.origin;
  exports dev.corral.remote;
  exports dev.corral.spring;
  exports dev.corral.stats;

  opens dev.corral.spring; // Spring makes its beans by reflection
}
