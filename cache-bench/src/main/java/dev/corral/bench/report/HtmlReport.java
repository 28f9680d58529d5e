package dev.corral.bench.report;

import static java.util.stream.Collectors.joining;

/** The result as one page with charts. */
public final class HtmlReport {
  private HtmlReport() {}

  public static String of(StampedeResult result) {
    return HtmlPage.of("report.html", "report.js", ResultJson.of(result))
        .replace("<!--story-->", result.story() == null ? "" : story(result.story(), result));
  }

  private static String story(Story story, StampedeResult result) {
    return StripChart.of(story, result).stream()
        .map(chart -> "<figure>%s</figure>".formatted(chart.svg()))
        .collect(joining("\n"));
  }

  public static String of(PaymentsResult result) {
    return HtmlPage.of("payments.html", "payments.js", ResultJson.of(result));
  }

  public static String of(HerdResult result) {
    return HtmlPage.of("herd.html", "herd.js", ResultJson.of(result));
  }
}
