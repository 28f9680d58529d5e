package dev.corral.history;

/** P3: who gets a value that was there before has not run a load for it. */
final class NobodyWaits implements Rule {

  @Override
  public void check(KeyHistory key, Findings findings) {
    for (Operation load : key.loads) {
      Operation get = key.askerOf(load);
      if (get == null || get.outcome() != Outcome.VALUE || load.end() > get.end()) {
        continue;
      }
      Answer answer = key.values.answerOf(get);
      if (answer != null && answer.maker() != load && wasThereBefore(answer, load)) {
        findings.add(
            Promise.P3,
            "A get of key " + key.key + " ran a load to its end, and then returned what was there:",
            answer.maker(),
            get,
            load);
      }
    }
  }

  private static boolean wasThereBefore(Answer answer, Operation load) {
    return answer.maker().end() <= load.begin();
  }
}
