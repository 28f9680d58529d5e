package dev.corral.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A history by key, and what of it is not about one key. */
final class Scene {

  final Allowances allowances;
  final Set<String> nodes = new LinkedHashSet<>();
  final NodeStates states;
  final Map<String, List<Operation>> byKey = new LinkedHashMap<>();
  final List<Operation> clears = new ArrayList<>();
  final List<Operation> clearReplays = new ArrayList<>();
  final Spans clearSpans;
  final long lastTime;
  final Words words;

  private final Map<Lane, Spans> loadsByLane = new HashMap<>();

  /** Sorts out operations that are in the order of their begins. */
  Scene(Collection<Operation> operations, Allowances allowances) {
    this.allowances = allowances;
    List<Operation> stateChanges = new ArrayList<>();
    Map<Lane, List<Operation>> loads = new HashMap<>();
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    nodes.add(Operation.EVERYWHERE);
    for (Operation operation : operations) {
      nodes.add(operation.node());
      first = Math.min(first, operation.begin());
      last = Math.max(last, operation.hasEnded() ? operation.end() : operation.begin());
      if (operation.kind() == Kind.LOAD) {
        loads.computeIfAbsent(operation.lane(), lane -> new ArrayList<>()).add(operation);
      }
      if (operation.kind().isState()) {
        stateChanges.add(operation);
      } else if (operation.key() != null) {
        byKey.computeIfAbsent(operation.requireKey(), key -> new ArrayList<>()).add(operation);
      } else if (operation.kind() == Kind.REPLAY) {
        clearReplays.add(operation);
      } else {
        clears.add(operation);
      }
    }
    loads.forEach((lane, all) -> loadsByLane.put(lane, Spans.of(all)));
    states = new NodeStates(nodes, stateChanges);
    List<Operation> allClears = new ArrayList<>(clears);
    allClears.addAll(clearReplays);
    clearSpans = Spans.of(allClears, states::effectiveBy);
    lastTime = last;
    words = new Words(first);
  }

  /** Returns when a thread ran loaders, of whatever keys. */
  Spans loadsOf(Lane lane) {
    return loadsByLane.getOrDefault(lane, Spans.NONE);
  }
}
