package dev.corral.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.corral.idempotency.Fingerprint;
import dev.corral.idempotency.Idempotency;
import dev.corral.idempotency.IdempotencyKey;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.Test;

/** The gate of docs/idempotency.md, and endpoints that it lets through or not. */
class IdempotencyGateTest {

  /** An endpoint that changes something outside: money, mails, orders. */
  @Retention(RetentionPolicy.CLASS)
  @interface SideEffect {}

  /** What makes an endpoint safe to be asked twice, in words for those who review it. */
  @Retention(RetentionPolicy.CLASS)
  @interface IdempotentBy {
    String value();
  }

  static final ArchRule EFFECTS_SAY_WHAT_MAKES_THEM_SAFE =
      methods()
          .that()
          .areAnnotatedWith(SideEffect.class)
          .or()
          .areAnnotatedWith("org.springframework.web.bind.annotation.PostMapping")
          .should(
              new ArchCondition<JavaMethod>("say what makes them safe to be asked twice") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                  boolean said =
                      method
                          .tryGetAnnotationOfType(IdempotentBy.class)
                          .map(by -> !by.value().isBlank())
                          .orElse(false);
                  boolean executed =
                      method.getMethodCallsFromSelf().stream()
                          .anyMatch(
                              call ->
                                  call.getTargetOwner().isEquivalentTo(Idempotency.class)
                                      && call.getName().equals("execute"));
                  if (!said && !executed) {
                    events.add(
                        SimpleConditionEvent.violated(
                            method,
                            method.getFullName()
                                + " has an effect: call Idempotency.execute, or say in"
                                + " @IdempotentBy what makes it safe to be asked twice"));
                  }
                }
              })
          .allowEmptyShould(true);

  static class Undeclared {
    @SideEffect
    void charge() {}
  }

  static class Blank {
    @SideEffect
    @IdempotentBy(" ")
    void charge() {}
  }

  static class OtherMethodExecutes {
    @SideEffect
    void charge() {}

    String other(Idempotency<String> charges, IdempotencyKey key) {
      return charges.execute(key, Fingerprint.none(), attempt -> "done").value();
    }
  }

  static class Declared {
    @SideEffect
    @IdempotentBy("Idempotency-Key, by the filter of /charges")
    void charge() {}
  }

  static class Executing {
    @SideEffect
    String charge(Idempotency<String> charges, IdempotencyKey key) {
      return charges.execute(key, Fingerprint.none(), attempt -> "done").value();
    }
  }

  static class ExecutingWithin {
    @SideEffect
    Runnable charge(Idempotency<String> charges, IdempotencyKey key) {
      return () -> charges.execute(key, Fingerprint.none(), attempt -> "done");
    }
  }

  static class WithoutEffect {
    void read() {}
  }

  private static void check(Class<?>... types) {
    EFFECTS_SAY_WHAT_MAKES_THEM_SAFE.check(new ClassFileImporter().importClasses(types));
  }

  @Test
  void anEffectWithoutAStrategyFailsTheBuild() {
    for (Class<?> type :
        new Class<?>[] {Undeclared.class, Blank.class, OtherMethodExecutes.class}) {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> check(type))
          .withMessageContaining(type.getName() + ".charge(")
          .withMessageContaining("call Idempotency.execute");
    }
  }

  @Test
  void anEffectWithAStrategyPasses() {
    check(Declared.class, Executing.class, ExecutingWithin.class, WithoutEffect.class);

    assertThat(new ClassFileImporter().importClasses(Declared.class)).hasSize(1);
  }
}
