package dev.corral.history;

/**
 * What a get returned.
 *
 * @param maker the load, put or write that brought it
 */
record Answer(Operation maker) {

  /**
   * Since when it counts. A load speaks of the origin as of its begin. What was put or written may
   * have come at any moment of the call, and if that did not end well, later still.
   */
  long since() {
    if (maker.kind() == Kind.LOAD) {
      return maker.begin();
    }
    boolean late = maker.kind() == Kind.PUT && maker.outcome() != Outcome.DONE;
    return late ? Operation.OPEN : maker.end();
  }

  /** Which version it is; no limit if that says nothing: whoever puts a value answers for it. */
  long version() {
    boolean unknown = maker.kind() == Kind.PUT || maker.version() == Operation.NO_VERSION;
    return unknown ? Long.MAX_VALUE : maker.version();
  }
}
