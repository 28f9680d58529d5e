package dev.corral.bench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * An SVG picture of a result, that needs nothing from outside and can be read in light and in dark.
 *
 * @param fileName under which it stands beside the report
 */
public record Picture(String fileName, String svg) {

  /** All pictures that there are of a result. */
  public static List<Picture> of(StampedeResult result) {
    List<Picture> all = new ArrayList<>();
    if (result.keys() == 1) {
      all.add(new Picture("loads-per-expiry.svg", LoadsPicture.of(result)));
    }
    if (result.story() != null) {
      all.addAll(StripChart.of(result.story(), result));
    }
    return List.copyOf(all);
  }
}
