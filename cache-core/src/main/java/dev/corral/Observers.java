package dev.corral;

import dev.corral.observe.Step;
import dev.corral.observe.StepObserver;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes steps while observers look on; what these throw is kept from everybody else. */
final class Observers {

  private static final Logger LOG = LoggerFactory.getLogger(TieredCache.class);

  private final String cache;
  private final List<StepObserver> observers;

  /** A step, which may fail as it says. */
  interface Action<T extends @Nullable Object, X extends Exception> {
    T run() throws X;
  }

  Observers(String cache, List<StepObserver> observers) {
    this.cache = cache;
    this.observers = observers;
  }

  /** Whether nobody looks on, so that what would tell them can be left out. */
  boolean isEmpty() {
    return observers.isEmpty();
  }

  /** Takes a step. */
  <T extends @Nullable Object, X extends Exception> T around(
      Step.Kind kind, String name, int keys, Action<T, X> action) throws X {
    if (observers.isEmpty()) {
      return action.run();
    }
    Deque<StepObserver.Ongoing> ongoing = begin(new Step(cache, kind, name, keys));
    Throwable failure = null;
    try {
      return action.run();
    } catch (Throwable e) {
      failure = e;
      throw e;
    } finally {
      end(ongoing, failure);
    }
  }

  private Deque<StepObserver.Ongoing> begin(Step step) {
    Deque<StepObserver.Ongoing> ongoing = new ArrayDeque<>(observers.size());
    for (StepObserver observer : observers) {
      try {
        ongoing.push(observer.begin(step));
      } catch (Throwable e) {
        // Errors too: an observer that was built for another version is nobody else's trouble.
        ignore(e);
      }
    }
    return ongoing;
  }

  /** Ends with what was begun last: a scope within another is left first. */
  private void end(Deque<StepObserver.Ongoing> ongoing, @Nullable Throwable failure) {
    for (StepObserver.Ongoing each : ongoing) {
      try {
        each.end(failure);
      } catch (Throwable e) {
        ignore(e);
      }
    }
  }

  private void ignore(Throwable e) {
    LOG.warn("An observer of cache {} threw, which is ignored", cache, e);
  }
}
