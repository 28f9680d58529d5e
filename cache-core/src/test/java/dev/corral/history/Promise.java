package dev.corral.history;

/** What a history is checked for. */
public enum Promise {
  P1("one load"),
  P2("no value from before"),
  P3("nobody waits for an expiry"),
  P4("every wait ends"),
  P8("no invalidation is lost quietly"),
  /** What the others take for granted. */
  KNOWN("every value was loaded or written");

  private final String words;

  Promise(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return name() + ' ' + words;
  }
}
