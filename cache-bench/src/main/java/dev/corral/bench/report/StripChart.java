package dev.corral.bench.report;

import dev.corral.bench.count.Phase;
import dev.corral.bench.report.ContenderResult.Second;
import dev.corral.bench.report.Story.Told;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * What a step of a story did to the database and to its callers, second by second: three strips
 * over the same time.
 */
final class StripChart {
  static final int WIDTH = 920;
  static final int LEFT = 64;
  static final int RIGHT = 14;
  private static final int HEIGHT = 436;
  private static final int PHASES = 88;
  private static final Band DATABASE = new Band(124, 84);
  private static final Band SERVICE = new Band(244, 54);
  private static final Band WAITS = new Band(334, 64);
  private static final double PERCENT = 100;
  private static final double LEAST_MICROS = 100;

  private StripChart() {}

  /** The pictures of all steps that ran, on the same scales, so that they can be compared. */
  static List<Picture> of(Story story, StampedeResult result) {
    List<ContenderResult> all = result.contenders();
    Scale loads = Scale.bent(Math.max(10.0, (double) most(all, Second::loads)));
    Scale waits =
        Scale.powers(LEAST_MICROS, Math.max(1000.0, (double) most(all, Second::maxMicros)));
    return story.told(all).stream()
        .map(
            told ->
                new Picture(
                    "step-%d.svg".formatted(told.step().number()),
                    draw(story, told, result.phases(), loads, waits)))
        .toList();
  }

  private static long most(List<ContenderResult> all, ToLongFunction<Second> field) {
    return all.stream().flatMap(r -> r.perSecond().stream()).mapToLong(field).max().orElse(0);
  }

  private static String draw(Story story, Told told, List<Phase> phases, Scale loads, Scale waits) {
    List<Second> seconds = told.result().perSecond();
    var svg = new Svg(WIDTH, HEIGHT, told.step().title());
    svg.text("title", 0, 18, told.step().title());
    svg.text("faint", 0, 38, summary(told));
    var time = new Time(seconds.size());
    for (Phase phase : phases) {
      time.shade(phase, PHASES, WAITS.bottom(), svg);
    }

    svg.text("name axis", LEFT, DATABASE.top() - 8, "Database: queries that began in a second");
    svg.legend(DATABASE.top() - 8, List.of("good answered", "bad failed"));
    DATABASE.axis(loads, List.of(0.0, 10.0, 100.0, 1000.0, 10_000.0), v -> number(v), svg);
    svg.text("name axis", LEFT, SERVICE.top() - 8, "Service: what became of the requests, in %");
    svg.legend(
        SERVICE.top() - 8,
        List.of("fresh served", "stale served stale", "bad failed", "nobody nobody came"));
    SERVICE.axis(Scale.even(PERCENT), List.of(0.0, 50.0, 100.0), v -> number(v), svg);
    svg.text(
        "name", LEFT, WAITS.top() - 8, "Wait of a request, in ms, counted from when it was due");
    svg.legend(WAITS.top() - 8, List.of("p50 half of them", "p99 99 in 100", "max the slowest"));
    WAITS.axis(waits, List.of(1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8), v -> number(v / 1000), svg);

    for (int i = 0; i < seconds.size(); i++) {
      drawSecond(seconds.get(i), time.x(i), time.width(), loads, svg);
    }
    line("max", Second::maxMicros, seconds, time, waits, svg);
    line("p99", Second::p99Micros, seconds, time, waits, svg);
    line("p50", Second::p50Micros, seconds, time, waits, svg);
    time.minutes(story, WAITS.bottom() + 16, svg);
    return svg.end();
  }

  private static String summary(Told told) {
    ContenderResult result = told.result();
    return String.format(
        Locale.ROOT,
        "%,d queries for %,d requests, at most %,d at once · %,d failed · %,d nobody came to"
            + " · p50 %,.1f ms · p99 %,.0f ms",
        result.loads(),
        told.requests(),
        result.maxConcurrentLoads(),
        result.errors(),
        result.notServed(),
        result.p50Micros() / 1000.0,
        result.p99Micros() / 1000.0);
  }

  /** Of bars on a scale that bends, the height says how many, and the colours in which parts. */
  private static void drawSecond(Second second, double x, double width, Scale loads, Svg svg) {
    if (second.loads() > 0) {
      double height = DATABASE.height() * loads.part((double) second.loads());
      double bad = height * second.failedLoads() / second.loads();
      svg.bar("good", x, DATABASE.bottom() - height, width, height - bad);
      svg.bar("bad", x, DATABASE.bottom() - bad, width, bad);
    }
    double due = second.gets() + second.notServed();
    double[] parts = {
      second.gets() - second.errors() - second.staleServed(),
      second.staleServed(),
      second.errors(),
      second.notServed()
    };
    String[] colours = {"fresh", "stale", "bad", "nobody"};
    double y = SERVICE.bottom();
    for (int i = 0; i < parts.length && due > 0; i++) {
      double height = SERVICE.height() * parts[i] / due;
      y -= height;
      svg.bar(colours[i], x, y, width, height);
    }
  }

  private static void line(
      String colour,
      ToLongFunction<Second> micros,
      List<Second> seconds,
      Time time,
      Scale scale,
      Svg svg) {
    var points = new StringBuilder();
    for (int i = 0; i < seconds.size(); i++) {
      double y =
          WAITS.y(scale.part(Math.max(LEAST_MICROS, (double) micros.applyAsLong(seconds.get(i)))));
      points.append(Svg.at(time.x(i) + time.width() / 2)).append(',').append(Svg.at(y)).append(' ');
    }
    svg.line(colour, points.toString().strip());
  }

  private static String number(double value) {
    return value < 1 && value > 0
        ? String.format(Locale.ROOT, "%.1f", value)
        : String.format(Locale.ROOT, "%,.0f", value);
  }
}
