package dev.corral.spring;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Whether a property names a cache, and none switches caching off. An application that merely has
 * Corral on its class path asked for nothing, and keeps the caches that it had.
 */
final class OnNamedCaches extends SpringBootCondition {

  private static final String CACHES = "corral.caches";
  private static final String CACHE_TYPE = "spring.cache.type";

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    ConditionMessage.Builder message = ConditionMessage.forCondition("Corral");
    if ("none".equalsIgnoreCase(context.getEnvironment().getProperty(CACHE_TYPE))) {
      return ConditionOutcome.noMatch(message.because(CACHE_TYPE + " is none"));
    }
    boolean named =
        Binder.get(context.getEnvironment())
            .bind(CACHES, Bindable.mapOf(String.class, String.class))
            .isBound();
    return named
        ? ConditionOutcome.match(message.foundExactly("properties of " + CACHES))
        : ConditionOutcome.noMatch(message.didNotFind("properties of " + CACHES).atAll());
  }
}
