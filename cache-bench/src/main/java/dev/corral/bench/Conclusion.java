package dev.corral.bench;

import dev.corral.bench.report.Expectation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How a run ends: with a report in a folder, and with what became of what was expected. */
record Conclusion(Path directory, Console console) {

  /** Writes the result, for programs and for people. */
  void write(String json, String html) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("result.json"), json);
    Files.writeString(page(), html);
  }

  /** Says where it was run, and where to look. */
  void sayWhere(String machine) {
    console.say("On %s.".formatted(machine));
    console.say("Charts: %s".formatted(page()));
  }

  /** Says what was expected and found, and returns the exit code. */
  int judge(List<Expectation> expectations) {
    expectations.forEach(expectation -> console.say(line(expectation)));
    return expectations.stream().allMatch(Expectation::met) ? 0 : 1;
  }

  private Path page() {
    return directory.resolve("report.html");
  }

  private static String line(Expectation expectation) {
    return "%s  %s Found: %s."
        .formatted(
            expectation.met() ? "met    " : "NOT MET", expectation.wanted(), expectation.found());
  }
}
