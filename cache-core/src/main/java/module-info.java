/**
 * A loading cache in two tiers, in the process and between processes.
 *
 * <p>Begin at {@link dev.corral.TieredCache}.
 */
module dev.corral {
  requires com.github.benmanes.caffeine;
  requires org.slf4j;

  // In the signatures of JacksonCodec alone, which nobody needs to load.
  requires static transitive com.fasterxml.jackson.core;
  requires static transitive com.fasterxml.jackson.databind;
  // Annotations, which nothing reads at run time.
  requires static transitive org.jspecify;

  exports dev.corral;
  exports dev.corral.codec;
  exports dev.corral.remote;
  exports dev.corral.stats;
}
