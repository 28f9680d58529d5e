package dev.corral.bench.report;

import java.util.List;

/**
 * The story that a scenario tells, in steps.
 *
 * @param scale how many times as fast as in the story everything happens here
 * @param steps in their order; those whose contender did not run are left out of what is shown
 */
public record Story(int scale, List<Step> steps) {
  private static final int SECONDS_A_MINUTE = 60;

  /**
   * One step.
   *
   * @param number from 0
   * @param contender that stands for it
   * @param adds what it has that the one before had not
   */
  public record Step(int number, String contender, String adds) {

    /** How it is called above a picture. */
    public String title() {
      return number == 0 ? "Step 0: " + adds : "Step %d: + %s".formatted(number, adds);
    }
  }

  /** How long a minute of the story lasts here, in whole seconds. */
  public int secondsAMinute() {
    return SECONDS_A_MINUTE / scale;
  }

  /** What ran, in the order of the steps. */
  List<Told> told(List<ContenderResult> results) {
    return steps.stream()
        .flatMap(
            step ->
                results.stream()
                    .filter(result -> result.name().equals(step.contender()))
                    .map(result -> new Told(step, result)))
        .toList();
  }

  /** A step, and what its contender did. */
  record Told(Step step, ContenderResult result) {
    /** Gets that were due. */
    long requests() {
      return result.gets() + result.notServed();
    }

    /** Gets that brought a right value, stale or not. */
    long served() {
      return result.gets() - result.errors();
    }
  }
}
