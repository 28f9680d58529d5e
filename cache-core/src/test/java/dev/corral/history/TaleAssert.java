package dev.corral.history;

import static org.assertj.core.api.Assertions.assertThat;

/** What a tale is found to be. */
final class TaleAssert {

  private TaleAssert() {}

  static void assertLegal(Tale tale) {
    Report report = tale.check();
    assertThat(report.violations()).as("%s", report).isEmpty();
    assertThat(report.isClean()).isTrue();
  }

  /** Breaks this promise, once, and no other; words of it are told. */
  static void assertBreaks(Tale tale, Promise promise, String... words) {
    Report report = tale.check();
    assertThat(report.violations())
        .as("%s", report)
        .extracting(Violation::promise)
        .containsExactly(promise);
    assertThat(report.count(promise)).isEqualTo(1);
    for (String each : words) {
      assertThat(report.toString()).contains(each);
    }
  }
}
