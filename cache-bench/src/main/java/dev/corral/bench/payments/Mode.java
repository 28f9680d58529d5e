package dev.corral.bench.payments;

import java.util.Arrays;
import java.util.Optional;

/** What clients and services do about failures. */
public enum Mode {
  NO_RETRY("no-retry", "no key, one attempt: what fails is reported to the customer"),
  NAIVE_RETRY("naive-retry", "no key, up to 3 attempts: what fails is sent again"),
  CORRAL("corral", "one key for each payment, retries within a budget, effect and outcome in one");

  private final String shownName;
  private final String description;

  Mode(String shownName, String description) {
    this.shownName = shownName;
    this.description = description;
  }

  public String shownName() {
    return shownName;
  }

  public String description() {
    return description;
  }

  /** Returns the mode of this name, if there is one. */
  public static Optional<Mode> named(String name) {
    return Arrays.stream(values()).filter(mode -> mode.shownName.equals(name)).findFirst();
  }
}
