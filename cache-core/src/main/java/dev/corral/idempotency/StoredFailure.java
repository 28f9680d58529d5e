package dev.corral.idempotency;

/**
 * What is kept of a failure.
 *
 * @param type the name of the exception's class
 * @param message its message, maybe cut; empty if there was none
 */
record StoredFailure(String type, String message) {

  static StoredFailure of(Exception failure) {
    return new StoredFailure(failure.getClass().getName(), messageOf(failure));
  }

  private static String messageOf(Exception failure) {
    try {
      String message = failure.getMessage();
      return message == null ? "" : message;
    } catch (RuntimeException e) {
      return ""; // a message that cannot be made must not keep the outcome from being stored
    }
  }

  @Override
  public String toString() {
    return message.isEmpty() ? type : type + ": " + message;
  }
}
