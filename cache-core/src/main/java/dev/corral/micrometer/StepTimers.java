package dev.corral.micrometer;

import dev.corral.observe.Step;
import dev.corral.observe.StepObserver;
import dev.corral.remote.RemoteStoreException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Times the steps of one cache. */
final class StepTimers implements StepObserver {

  private static final List<String> OUTCOMES = List.of("success", "failure", "interrupted");

  private final MeterRegistry registry;
  private final Tags tags;

  StepTimers(MeterRegistry registry, Tags tags) {
    this.registry = registry;
    this.tags = tags;
    // Those of which there are few are there from the beginning, and read 0 until they are not.
    for (String outcome : OUTCOMES) {
      var unused = List.of(load(outcome), refresh(outcome));
    }
    var unused = List.of(wait("thread"), wait("peer"));
  }

  @Override
  public Ongoing begin(Step step) {
    Timer.Sample sample = Timer.start(registry);
    return failure -> {
      long unused = sample.stop(timer(step, outcome(failure)));
    };
  }

  private static String outcome(@Nullable Throwable failure) {
    if (failure == null) {
      return "success";
    }
    if (failure instanceof RemoteStoreException e && e.isRefused()) {
      return "refused";
    }
    return failure instanceof InterruptedException || Thread.currentThread().isInterrupted()
        ? "interrupted"
        : "failure";
  }

  private Timer timer(Step step, String outcome) {
    return switch (step.kind()) {
      case LOAD -> load(outcome);
      case REFRESH -> refresh(outcome);
      case WAIT -> wait(step.name());
      case REMOTE -> remote(step.name(), outcome);
    };
  }

  private Timer load(String outcome) {
    return timer(
        "corral.load.duration",
        "How long attempts of loaders took; a bulk load counts as one",
        Tags.of("outcome", outcome));
  }

  private Timer refresh(String outcome) {
    return timer(
        "corral.refresh.duration",
        "How long refreshes in the background took, with their load",
        Tags.of("outcome", outcome));
  }

  private Timer wait(String on) {
    return timer(
        "corral.wait.duration",
        "How long callers waited for a load that somebody else ran, however it ended",
        Tags.of("on", on));
  }

  private Timer remote(String step, String outcome) {
    return timer(
        "corral.remote.step.duration",
        "How long steps of the remote tier took",
        Tags.of("step", step, "outcome", outcome));
  }

  private Timer timer(String name, String description, Tags more) {
    return Timer.builder(name).description(description).tags(tags.and(more)).register(registry);
  }
}
