package dev.corral.micrometer;

import dev.corral.observe.Step;
import dev.corral.observe.StepObserver;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes an observation of each load, refresh, wait and step of the remote tier, which becomes a
 * span where the registry traces: {@code corral.load}, {@code corral.refresh}, {@code corral.wait}
 * and {@code corral.remote}, with the low-cardinality key values {@code cache} and {@code step}.
 * The keys of a cache are never told.
 *
 * <p>A step about the whole cache is observed only within another observation. By itself it is
 * mostly the sync, which each node does once an interval, and which would be a trace each time.
 *
 * <pre>{@code
 * builder.observer(new CorralObservations(registry))
 * }</pre>
 */
public final class CorralObservations implements StepObserver {

  private final ObservationRegistry registry;

  /** Creates an observer that tells a registry. */
  public CorralObservations(ObservationRegistry registry) {
    this.registry = Objects.requireNonNull(registry, "registry");
  }

  @Override
  public Ongoing begin(Step step) {
    if (isAboutTheWholeCache(step) && registry.getCurrentObservation() == null) {
      return failure -> {};
    }
    Observation observation =
        Observation.createNotStarted(
                "corral." + step.kind().name().toLowerCase(Locale.ROOT), registry)
            .contextualName(step.cache() + " " + step.name())
            .lowCardinalityKeyValue("cache", step.cache())
            .lowCardinalityKeyValue("step", step.name())
            .start();
    return new Begun(observation, observation.openScope());
  }

  private static boolean isAboutTheWholeCache(Step step) {
    return step.kind() == Step.Kind.REMOTE && step.keys() == 0;
  }

  private record Begun(Observation observation, Observation.Scope scope) implements Ongoing {

    @Override
    public void end(@Nullable Throwable failure) {
      scope.close();
      if (failure != null) {
        observation.error(failure);
      }
      observation.stop();
    }
  }
}
