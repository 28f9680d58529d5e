package dev.corral.spring;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Whether a property names a cache. An application that merely has Corral on its class path asked
 * for nothing, and keeps the caches that it had.
 */
final class OnNamedCaches extends SpringBootCondition {

  private static final String CACHES = "corral.caches";

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    boolean named =
        Binder.get(context.getEnvironment())
            .bind(CACHES, Bindable.mapOf(String.class, String.class))
            .isBound();
    ConditionMessage.Builder message = ConditionMessage.forCondition("Corral");
    return named
        ? ConditionOutcome.match(message.foundExactly("properties of " + CACHES))
        : ConditionOutcome.noMatch(message.didNotFind("properties of " + CACHES).atAll());
  }
}
