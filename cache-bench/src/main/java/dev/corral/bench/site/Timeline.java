package dev.corral.bench.site;

import dev.corral.bench.count.Phase;
import java.util.ArrayList;
import java.util.List;

/**
 * What is so when, from the begin of the window to its end. Immutable.
 *
 * @param acts in their order, without gaps
 */
public record Timeline(List<Act> acts) {

  /** A phase, and what is wrong in it. */
  record Act(Phase phase, Fault fault) {}

  /** A window in which nothing happens. */
  public static Timeline empty() {
    return new Timeline(List.of());
  }

  /** Adds a phase in which nothing is wrong. */
  public Timeline calm(String name, int seconds) {
    return plus(name, seconds, false, Fault.none());
  }

  /** Adds a phase in which something is wrong. */
  public Timeline fault(String name, int seconds, Fault fault) {
    return plus(name, seconds, true, fault);
  }

  /** Adds a phase in which something happens that is no fault of the servers. */
  public Timeline event(String name, int seconds) {
    return plus(name, seconds, true, Fault.none());
  }

  private Timeline plus(String name, int seconds, boolean marked, Fault fault) {
    List<Act> all = new ArrayList<>(acts);
    int from = seconds();
    all.add(new Act(new Phase(name, from, from + seconds, marked), fault));
    return new Timeline(List.copyOf(all));
  }

  public List<Phase> phases() {
    return acts.stream().map(Act::phase).toList();
  }

  /** The end of the last phase, in seconds of the window. */
  public int seconds() {
    return acts.isEmpty() ? 0 : acts.get(acts.size() - 1).phase().toSecond();
  }
}
