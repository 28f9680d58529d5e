package dev.corral.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which loads and writes brought the values of a key. */
final class Values {

  private final Map<Long, List<Operation>> makersById = new HashMap<>();
  private final List<Operation> absences = new ArrayList<>();

  /** Notes an operation, in the order of the begins, if it makes something. */
  void add(Operation operation) {
    boolean makes =
        switch (operation.kind()) {
          case LOAD, PUT, WRITE -> true;
          default -> false;
        };
    if (!makes) {
      return;
    }
    if (operation.outcome() == Outcome.ABSENT) {
      absences.add(operation);
    } else if (operation.id() != Operation.NO_ID) {
      makersById.computeIfAbsent(operation.id(), id -> new ArrayList<>(1)).add(operation);
    }
  }

  /**
   * Returns what a get returned, or null if nobody made that. Of several loads that can have
   * brought it (no value has no id; a value may be confirmed by a later load) the last counts.
   */
  @Nullable Answer answerOf(Operation get) {
    List<Operation> makers =
        get.outcome() == Outcome.ABSENT ? absences : makersById.getOrDefault(get.id(), List.of());
    int begun = Sorted.countBelow(makers, Operation::begin, get.end());
    return begun == 0 ? null : new Answer(makers.get(begun - 1));
  }
}
