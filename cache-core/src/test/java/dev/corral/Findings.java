package dev.corral;

import java.util.List;

/** What a builder would log of its options: for the tests of other modules. */
public final class Findings {

  private Findings() {}

  /** Returns what is found, each with option, value and advice. */
  public static List<String> of(CacheBuilder<?, ?> options) {
    return options.findings().stream().map(Advisor.Advice::toString).toList();
  }
}
