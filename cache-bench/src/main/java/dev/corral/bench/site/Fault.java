package dev.corral.bench.site;

/** Something that goes wrong with the servers for a while, for real. */
@FunctionalInterface
public interface Fault {

  /** Ends a fault; called exactly once. */
  @FunctionalInterface
  interface Ending {
    void end() throws Exception;
  }

  /** Begins the fault. It is in force when this returns, until it is ended. */
  Ending begin(Site site) throws Exception;

  /** Nothing is wrong. */
  static Fault none() {
    return site -> () -> {};
  }
}
