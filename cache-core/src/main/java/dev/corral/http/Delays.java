package dev.corral.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Lets time pass without a thread. A delay that is cancelled keeps nothing. */
interface Delays {

  /** By the timer of the JDK, which has one thread for all of its futures. */
  static Delays system() {
    return new Delays() {
      @Override
      public CompletableFuture<Void> pause(long nanos) {
        return after(nanos);
      }

      @Override
      public CompletableFuture<Void> timeout(long nanos) {
        return after(nanos);
      }

      @SuppressWarnings("NullAway") // the value of a Void
      private static CompletableFuture<Void> after(long nanos) {
        return new CompletableFuture<Void>().completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS);
      }
    };
  }

  /** Is done when it is time for the next attempt. */
  CompletableFuture<Void> pause(long nanos);

  /** Is done when an attempt has used up its time. */
  CompletableFuture<Void> timeout(long nanos);
}
