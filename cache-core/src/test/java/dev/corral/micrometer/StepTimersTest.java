package dev.corral.micrometer;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.corral.observe.Step;
import dev.corral.observe.Step.Kind;
import dev.corral.remote.RemoteStoreException;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each step is timed where it belongs, by how it ended. */
class StepTimersTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final StepTimers timers = new StepTimers(registry, Tags.empty());

  private void step(Kind kind, String name, @Nullable Throwable failure) {
    timers.begin(new Step("products", kind, name, 1)).end(failure);
  }

  private static Stream<Arguments> steps() {
    IOException down = new IOException("down");
    InterruptedException interrupt = new InterruptedException();
    RemoteStoreException failed = new RemoteStoreException("failed");
    RemoteStoreException refused = RemoteStoreException.refused("away", failed);
    return Stream.of(
        arguments(Kind.LOAD, "load", null, "corral.load.duration{outcome=success}"),
        arguments(Kind.LOAD, "loadAll", down, "corral.load.duration{outcome=failure}"),
        arguments(Kind.LOAD, "load", interrupt, "corral.load.duration{outcome=interrupted}"),
        arguments(Kind.REFRESH, "refresh", null, "corral.refresh.duration{outcome=success}"),
        arguments(Kind.REFRESH, "refresh", down, "corral.refresh.duration{outcome=failure}"),
        arguments(
            Kind.REFRESH, "refresh", interrupt, "corral.refresh.duration{outcome=interrupted}"),
        arguments(Kind.WAIT, "thread", null, "corral.wait.duration{on=thread}"),
        arguments(Kind.WAIT, "peer", down, "corral.wait.duration{on=peer}"),
        arguments(
            Kind.REMOTE,
            "lookUp",
            null,
            "corral.remote.step.duration{outcome=success,step=lookUp}"),
        arguments(
            Kind.REMOTE,
            "publish",
            failed,
            "corral.remote.step.duration{outcome=failure,step=publish}"),
        arguments(
            Kind.REMOTE,
            "lookUp",
            refused,
            "corral.remote.step.duration{outcome=refused,step=lookUp}"),
        arguments(
            Kind.REMOTE,
            "await",
            interrupt,
            "corral.remote.step.duration{outcome=interrupted,step=await}"));
  }

  @ParameterizedTest
  @MethodSource("steps")
  void aStepIsTimedOnce(Kind kind, String name, @Nullable Throwable failure, String timer) {
    step(kind, name, failure);

    assertThat(MeterValues.notZero(registry)).containsOnly(entry(timer, 1.0));
  }

  @Test
  void aFailureOfAThreadThatIsToEndIsAnInterrupt() {
    Thread.currentThread().interrupt();
    try {
      step(Kind.LOAD, "load", new IOException("closed by interrupt"));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }

    assertThat(MeterValues.notZero(registry))
        .containsOnly(entry("corral.load.duration{outcome=interrupted}", 1.0));
  }

  @Test
  void theTimersOfWhichThereAreFewAreThereFromTheBeginning() {
    assertThat(MeterValues.of(registry))
        .containsOnlyKeys(
            "corral.load.duration{outcome=success}",
            "corral.load.duration{outcome=failure}",
            "corral.load.duration{outcome=interrupted}",
            "corral.refresh.duration{outcome=success}",
            "corral.refresh.duration{outcome=failure}",
            "corral.refresh.duration{outcome=interrupted}",
            "corral.wait.duration{on=thread}",
            "corral.wait.duration{on=peer}");
  }
}
