package dev.corral.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How the nodes fared: what the fault schedule told. */
final class NodeStates {

  private final Map<String, Map<Kind, Spans>> spans = new HashMap<>();
  private final Map<String, Spans> cutOff = new HashMap<>();

  /**
   * Sorts states by node.
   *
   * @param nodes all that there are
   * @param states operations that are {@linkplain Kind#isState states}
   */
  NodeStates(Collection<String> nodes, List<Operation> states) {
    for (String node : nodes) {
      Map<Kind, List<Operation>> byKind = new EnumMap<>(Kind.class);
      List<Operation> silent = new ArrayList<>();
      for (Operation state : states) {
        if (state.node().equals(node) || state.node().equals(Operation.EVERYWHERE)) {
          byKind.computeIfAbsent(state.kind(), kind -> new ArrayList<>()).add(state);
          if (state.kind() == Kind.UNREACHABLE || state.kind() == Kind.DEAF) {
            silent.add(state);
          }
        }
      }
      Map<Kind, Spans> merged = new EnumMap<>(Kind.class);
      byKind.forEach((kind, all) -> merged.put(kind, Spans.of(all)));
      spans.put(node, merged);
      cutOff.put(node, Spans.of(silent));
    }
  }

  Spans of(String node, Kind state) {
    Map<Kind, Spans> byKind = spans.get(node);
    return byKind == null ? Spans.NONE : byKind.getOrDefault(state, Spans.NONE);
  }

  /** Returns when nothing that others say reaches a node. */
  Spans cutOff(String node) {
    return Objects.requireNonNullElse(cutOff.get(node), Spans.NONE);
  }

  /** Returns when the node of a call trusts Redis again, if it did not during the call. */
  long trustedAfter(Operation call) {
    return of(call.node(), Kind.UNREACHABLE).lastEndMeeting(call.begin(), call.end(), call.end());
  }

  /** Returns when a call has made void at the latest what it makes void. */
  long effectiveBy(Operation call) {
    return switch (call.outcome()) {
      // Redis may have taken it after all, or be told again.
      case UNDELIVERED, PENDING -> trustedAfter(call);
      default -> call.end();
    };
  }

  Spans redisLost() {
    return of(Operation.EVERYWHERE, Kind.REDIS_LOST);
  }

  /** Returns when a node's process is dead after a time, or {@link Operation#OPEN}. */
  long goneAfter(String node, long time) {
    return of(node, Kind.GONE).nextBegin(time);
  }

  boolean anyoneGone() {
    return spans.values().stream().anyMatch(byKind -> byKind.containsKey(Kind.GONE));
  }
}
