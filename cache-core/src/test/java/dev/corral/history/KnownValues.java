package dev.corral.history;

/** Every get returned what a load or a write of its key had made, and begun, before. */
final class KnownValues implements Rule {

  private final boolean complete;

  KnownValues(Scene scene) {
    // Who was killed may have made values that nobody knows of.
    complete = !scene.states.anyoneGone();
  }

  @Override
  public void check(KeyHistory key, Findings findings) {
    for (Operation get : key.gets) {
      boolean answered = get.outcome() == Outcome.VALUE || get.outcome() == Outcome.ABSENT;
      if (get.outcome() == Outcome.FOREIGN) {
        findings.add(
            Promise.KNOWN, "A get of key " + key.key + " returned what is not of this key:", get);
      } else if (complete && answered && key.values.answerOf(get) == null) {
        findings.add(Promise.KNOWN, "A get of key " + key.key + " returned what nobody made:", get);
      }
    }
  }
}
