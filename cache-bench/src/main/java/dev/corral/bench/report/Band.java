package dev.corral.bench.report;

import java.util.List;
import java.util.function.DoubleFunction;

/**
 * A strip of a picture, from its upper edge down.
 *
 * @param top in the picture's units, as {@code height}
 */
record Band(double top, double height) {
  double bottom() {
    return top + height;
  }

  /** Where a part of the height ends that begins at the bottom. */
  double y(double part) {
    return bottom() - height * part;
  }

  /** Draws a line with a label for each of the values that the scale covers. */
  void axis(Scale scale, List<Double> values, DoubleFunction<String> label, Svg svg) {
    for (double value : values) {
      if (scale.covers(value)) {
        double y = y(scale.part(value));
        svg.grid(StripChart.LEFT, y, StripChart.WIDTH - StripChart.RIGHT, y);
        svg.right("faint", StripChart.LEFT - 8, y + 4, label.apply(value));
      }
    }
  }
}
