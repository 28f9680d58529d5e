package dev.corral.origin;

import java.util.concurrent.TimeUnit;

/** Lets time pass on the current thread. */
interface Pauses {

  /** Sleeps. */
  static Pauses system() {
    return TimeUnit.NANOSECONDS::sleep;
  }

  void pause(long nanos) throws InterruptedException;
}
