package dev.corral.origin;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.Callable;

/** A load that fails in given ways, one a call, and returns "v" afterwards. Counts its calls. */
final class Scripted implements Callable<String> {

  private final Deque<Exception> failures;
  private int calls;

  private Scripted(Deque<Exception> failures) {
    this.failures = failures;
  }

  static Scripted failing(Exception... failures) {
    return new Scripted(new ArrayDeque<>(Arrays.asList(failures)));
  }

  @Override
  public String call() throws Exception {
    calls++;
    Exception failure = failures.poll();
    if (failure != null) {
      throw failure;
    }
    return "v";
  }

  int calls() {
    return calls;
  }
}
