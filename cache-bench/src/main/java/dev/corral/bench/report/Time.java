package dev.corral.bench.report;

import dev.corral.bench.count.Phase;

/** The seconds of a window, from the left to the right of a picture. */
record Time(int seconds) {
  private static final double GAP = 0.08;
  private static final int MOST_LABELS = 12;

  /** Where a second's bar begins. */
  double x(int second) {
    return edge(second) + step() * GAP / 2;
  }

  double width() {
    return step() * (1 - GAP);
  }

  private double edge(int second) {
    return StripChart.LEFT + step() * second;
  }

  private double step() {
    return (double) (StripChart.WIDTH - StripChart.LEFT - StripChart.RIGHT) / seconds;
  }

  /** Names a phase, and shades it if something is wrong then. */
  void shade(Phase phase, double top, double bottom, Svg svg) {
    double from = edge(phase.fromSecond());
    double to = edge(phase.toSecond());
    if (phase.fault()) {
      svg.bar("fault", from, top - 14, to - from, bottom - top + 14);
    }
    svg.middle(phase.fault() ? "name" : "faint", (from + to) / 2, top, phase.name());
  }

  /** Labels the minutes of the story. */
  void minutes(Story story, double y, Svg svg) {
    int minute = story.secondsAMinute();
    int every = Math.max(1, seconds / minute / MOST_LABELS);
    for (int i = 0; i * minute <= seconds; i += every) {
      svg.middle("faint", edge(i * minute), y, String.valueOf(i));
    }
    svg.middle(
        "axis",
        (edge(0) + edge(seconds)) / 2,
        y + 18,
        "minute of the story (%d s here, %d times as fast)".formatted(minute, story.scale()));
  }
}
