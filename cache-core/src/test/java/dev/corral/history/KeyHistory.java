package dev.corral.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happened to one key, each list in the order of the begins. */
final class KeyHistory {

  final String key;
  final List<Operation> gets = new ArrayList<>();
  final List<Operation> loads = new ArrayList<>();
  final List<Operation> calls = new ArrayList<>();
  final List<Operation> replays = new ArrayList<>();
  final Versions versions;
  final Values values = new Values();
  final Spans voidings;

  // The get that ran a load, if its own thread did.
  private final Map<Operation, Operation> askers = new HashMap<>();

  /** Sorts out operations of a key that are in the order of their begins. */
  KeyHistory(String key, List<Operation> operations, NodeStates states) {
    this.key = key;
    List<Operation> origins = new ArrayList<>();
    Map<Lane, Operation> latestGets = new HashMap<>();
    for (Operation operation : operations) {
      switch (operation.kind()) {
        case GET -> {
          gets.add(operation);
          latestGets.put(operation.lane(), operation);
        }
        case LOAD -> {
          loads.add(operation);
          Operation get = latestGets.get(operation.lane());
          if (get != null && get.end() >= operation.begin()) {
            askers.put(operation, get);
          }
        }
        case ORIGIN -> origins.add(operation);
        case REPLAY -> replays.add(operation);
        default -> calls.add(operation);
      }
      values.add(operation);
    }
    versions = new Versions(origins);
    List<Operation> voiding = new ArrayList<>(calls);
    voiding.addAll(replays);
    voidings = Spans.of(voiding, states::effectiveBy);
  }

  /** Returns the get that ran a load itself, or null. */
  @Nullable Operation askerOf(Operation load) {
    return askers.get(load);
  }
}
