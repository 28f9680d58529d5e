package dev.corral.bench.report;

import static dev.corral.bench.report.TextTable.count;

import dev.corral.bench.contender.ContenderKind;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How many loads one expiry took at most, a bar for each contender, as an SVG picture. */
final class LoadsPicture {
  private static final int LEFT = 170;
  private static final int RIGHT = 270;
  private static final int TOP = 74;
  private static final int ROW = 26;
  private static final int BAR = 16;
  private static final int BELOW = 40;

  private static final Set<String> FORMS =
      Set.of(ContenderKind.CORRAL.shownName(), ContenderKind.CORRAL_STALE.shownName());

  private LoadsPicture() {}

  static String of(StampedeResult result) {
    List<ContenderResult> shown =
        result.contenders().stream().filter(LoadsPicture::differs).toList();
    int bottom = TOP + ROW * shown.size();
    var svg = new Svg(StripChart.WIDTH, bottom + BELOW, "Loads of one expiry");
    svg.text("title", 0, 18, "How often a popular key is loaded when it expires");
    svg.text("faint", 0, 38, facts(result));
    svg.text(
        "faint",
        0,
        56,
        "The most loads of one expiry, in the whole cluster; one is all that is needed.");
    long most = shown.stream().mapToLong(ContenderResult::maxLoadsPerExpiry).max().orElse(1);
    Scale scale = Scale.powers(0.5, Math.max(10.0, (double) most));
    for (double tick = 1; tick <= scale.greatest(); tick *= 10) {
      svg.grid(x(scale, tick), TOP - 4, x(scale, tick), bottom);
      svg.middle("faint", x(scale, tick), bottom + 14, String.format(Locale.ROOT, "%,.0f", tick));
    }
    svg.middle(
        "axis", x(scale, Math.sqrt(scale.greatest())), bottom + 32, "loads, in powers of ten");
    for (int i = 0; i < shown.size(); i++) {
      bar(shown.get(i), TOP + ROW * i, scale, svg);
    }
    return svg.end();
  }

  /**
   * Corral's other forms differ only in how they treat loads that fail, of which there are none.
   */
  private static boolean differs(ContenderResult contender) {
    return !contender.isCorral() || FORMS.contains(contender.name());
  }

  private static void bar(ContenderResult contender, double y, Scale scale, Svg svg) {
    long loads = Math.max(1, contender.maxLoadsPerExpiry());
    double end = x(scale, (double) loads);
    svg.right(contender.isCorral() ? "name" : "plain", LEFT - 8, y + 13, contender.name());
    svg.bar(loads == 1 ? "fresh" : "bad", LEFT, y, end - LEFT, BAR);
    svg.text("plain", end + 6, y + 13, label(contender, loads));
  }

  private static String label(ContenderResult contender, long loads) {
    return String.format(
        Locale.ROOT,
        "%s; 99 in 100 wait up to %,d ms",
        loads == 1 ? "1 load" : count(loads) + " loads",
        Math.max(1, Math.round(contender.p99Micros() / 1000.0)));
  }

  private static double x(Scale scale, double loads) {
    return LEFT + (StripChart.WIDTH - LEFT - RIGHT) * scale.part(loads);
  }

  private static String facts(StampedeResult result) {
    return String.format(
        Locale.ROOT,
        "Measured: %d processes ask for it %,.0f times a second; it lives for %,d ms, and its query"
            + " takes %.0f ms alone.",
        result.nodes(),
        result.rate(),
        result.ttlMillis(),
        result.queryMicros() / 1000.0);
  }
}
