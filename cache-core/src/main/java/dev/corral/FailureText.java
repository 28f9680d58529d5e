package dev.corral;

/**
 * What a node is told of a load that failed in another one.
 *
 * @param type the name of the exception's class: text for people, never a class to look for
 * @param message its message, empty if it had none
 */
record FailureText(String type, String message) {

  /** Stands for a failure whose bytes cannot be read. */
  static final FailureText UNREADABLE =
      new FailureText("unknown", "the load failed on another node, in words that cannot be read");
}
