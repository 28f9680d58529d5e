package dev.corral.bench.compare;

import java.util.Locale;

/** Numbers as a person reads them. */
final class Figures {
  private Figures() {}

  /** Three digits that say something, or all before the point. */
  static String of(double number) {
    String format = number >= 100 ? "%,.0f" : number >= 10 ? "%.1f" : number >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, number);
  }

  /** The median of the forks, and the least and greatest of them in brackets. */
  static String of(Forks forks) {
    return "%s (%s to %s)".formatted(of(forks.median()), of(forks.least()), of(forks.greatest()));
  }

  static String of(MeanAndError jmh) {
    return Double.isNaN(jmh.error())
        ? of(jmh.mean()) + ", error unknown"
        : of(jmh.mean()) + " ± " + of(jmh.error());
  }

  /** A ratio with its interval, if there is one. */
  static String of(Ratio ratio) {
    String value = hundredths(ratio.value());
    return Double.isInfinite(ratio.high())
        ? value
        : "%s (%s to %s)".formatted(value, hundredths(ratio.low()), hundredths(ratio.high()));
  }

  private static String hundredths(double number) {
    return String.format(Locale.ROOT, "%,.2f", number);
  }
}
