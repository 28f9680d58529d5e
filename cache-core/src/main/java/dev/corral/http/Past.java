package dev.corral.http;

/**
 * What has been tried of a request so far, the answer at hand included.
 *
 * @param attempts that brought something else than "in progress"
 * @param internalErrors those of them that were answered with 500
 * @param inProgress answers that an earlier attempt is in progress
 */
record Past(int attempts, int internalErrors, int inProgress) {

  static final Past NOTHING = new Past(0, 0, 0);

  Past and(Answer answer) {
    if (!(answer instanceof Answer.Status status)) {
      return new Past(attempts + 1, internalErrors, inProgress);
    }
    return switch (status.code()) {
      case 409 -> new Past(attempts, internalErrors, inProgress + 1);
      case 500 -> new Past(attempts + 1, internalErrors + 1, inProgress);
      default -> new Past(attempts + 1, internalErrors, inProgress);
    };
  }
}
