package dev.corral.bench.report;

import java.util.List;
import java.util.Locale;

/** Puts an SVG picture together; its style, light and dark, is in it. */
final class Svg {
  private static final int MARGIN = 10;
  private static final int SWATCH = 10;
  private static final double LETTER = 6.6; // a letter's width, near enough for a legend

  private final StringBuilder text = new StringBuilder();

  Svg(int width, int height, String title) {
    text.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" class="strip" viewBox="%d %d %d %d" role="img" aria-label="%s">
        <style>
        %s</style>
        <rect class="paper" x="%d" y="%d" width="%d" height="%d"/>
        """
            .formatted(
                -MARGIN,
                -MARGIN,
                width + 2 * MARGIN,
                height + 2 * MARGIN,
                escape(title),
                HtmlPage.resource("strip.css"),
                -MARGIN,
                -MARGIN,
                width + 2 * MARGIN,
                height + 2 * MARGIN));
  }

  void text(String style, double x, double y, String words) {
    words(style, "start", x, y, words);
  }

  void middle(String style, double x, double y, String words) {
    words(style, "middle", x, y, words);
  }

  void right(String style, double x, double y, String words) {
    words(style, "end", x, y, words);
  }

  private void words(String style, String anchor, double x, double y, String words) {
    text.append(
        "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
            .formatted(style, at(x), at(y), anchor, escape(words)));
  }

  /** Draws a bar, unless there is nothing of it to see. */
  void bar(String style, double x, double y, double width, double height) {
    if (height > 0) {
      text.append(
          "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>\n"
              .formatted(style, at(x), at(y), at(width), at(height)));
    }
  }

  void grid(double x1, double y1, double x2, double y2) {
    text.append(
        "<line class=\"grid\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n"
            .formatted(at(x1), at(y1), at(x2), at(y2)));
  }

  void line(String style, String points) {
    text.append("<polyline class=\"%s\" points=\"%s\"/>\n".formatted(style, points));
  }

  /**
   * Says at the right what the colours mean.
   *
   * @param entries each a style, a space, and what it means
   */
  void legend(double y, List<String> entries) {
    text.append("<g class=\"legend\">\n");
    double x = StripChart.WIDTH - StripChart.RIGHT;
    for (int i = entries.size() - 1; i >= 0; i--) {
      String[] entry = entries.get(i).split(" ", 2);
      x -= entry[1].length() * LETTER;
      text("faint", x, y, entry[1]);
      x -= SWATCH + 4;
      bar(entry[0], x, y - SWATCH + 1, SWATCH, SWATCH);
      x -= SWATCH;
    }
    text.append("</g>\n");
  }

  String end() {
    return text.append("</svg>\n").toString();
  }

  /** A place in the picture: a tenth of a unit is finer than anyone sees. */
  static String at(double place) {
    return String.format(Locale.ROOT, "%.1f", place);
  }

  private static String escape(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
