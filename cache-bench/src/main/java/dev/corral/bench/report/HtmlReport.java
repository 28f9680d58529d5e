package dev.corral.bench.report;

/** The result as one page with charts. */
public final class HtmlReport {
  private HtmlReport() {}

  public static String of(StampedeResult result) {
    return HtmlPage.of("report.html", "report.js", ResultJson.of(result));
  }

  public static String of(PaymentsResult result) {
    return HtmlPage.of("payments.html", "payments.js", ResultJson.of(result));
  }
}
