package dev.corral.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.bench.compare.JmhJson;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both commands say by their exit code what a script wants to know. */
class JmhCommandsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  @Test
  void somethingThatGotWorseIsExitCode1() {
    assertThat(run("compare", hit("before", 10), hit("now", 20))).isEqualTo(1);

    assertThat(out.toString()).startsWith("1 worse");
  }

  @Test
  void nothingThatGotWorseIsExitCode0() {
    assertThat(run("compare", hit("before", 10), hit("now", 10))).isZero();

    assertThat(out.toString()).startsWith("0 worse");
  }

  @Test
  void nothingThatCouldBeComparedIsExitCode2() {
    String other =
        file("now", new JmhJson().time("LocalHit.corral", 10, 10.1, 10.2).param("more", "1"));

    assertThat(run("compare", hit("before", 10), other)).isEqualTo(2);

    assertThat(err.toString()).startsWith("Nothing was compared: ");
    assertThat(out.toString()).contains("only in the baseline: ", "only in the current file: ");
  }

  @Test
  void forksThatAreOfTwoKindsAreNotWorse() {
    String before = file("before", new JmhJson().time("LocalHit.corral", 33, 34, 35, 34, 33));
    String now = file("now", new JmhJson().time("LocalHit.corral", 33, 34, 96, 99, 85));

    assertThat(run("compare", before, now)).isZero();
  }

  @Test
  void aControlThatGotWorseIsExitCode0() {
    String before =
        file(
            "before",
            new JmhJson()
                .time("LocalHit.corral", 10, 10.1, 10.2)
                .time("LocalHit.caffeine", 10, 10.1, 10.2));
    String now =
        file(
            "now",
            new JmhJson()
                .time("LocalHit.corral", 10, 10.1, 10.2)
                .time("LocalHit.caffeine", 20, 20.1, 20.2));

    assertThat(run("compare", before, now)).isZero();
  }

  @Test
  void aHitThatBeganToAllocateIsExitCode1() {
    String before =
        file("before", new JmhJson().time("LocalHit.corral", 10, 10.1, 10.2).allocating(0, 0, 0));
    String now =
        file("now", new JmhJson().time("LocalHit.corral", 10, 10.1, 10.2).allocating(16, 16, 16));

    assertThat(run("compare", before, now)).isEqualTo(1);
  }

  @Test
  void twoJdksAreExitCode2UnlessAskedFor() {
    String now = file("now", new JmhJson().jdk("25").time("LocalHit.corral", 10, 10.1, 10.2));

    assertThat(run("compare", hit("before", 10), now)).isEqualTo(2);
    assertThat(err.toString()).contains("--across-jdks");

    assertThat(run("compare", "--across-jdks", hit("before", 10), now)).isZero();
  }

  @Test
  void aBadFileIsExitCode2WithItsNameAndTheRule() throws Exception {
    Path broken = Files.writeString(directory.resolve("broken.json"), "[{");

    assertThat(run("compare", hit("before", 10), broken.toString())).isEqualTo(2);
    assertThat(err.toString()).startsWith(broken + ": is not JSON: ");

    assertThat(run("jmh-report", broken.toString(), "--out", directory.toString())).isEqualTo(2);
    assertThat(directory.resolve("jmh.html")).doesNotExist();
  }

  @Test
  void oneFileIsNothingToCompare() {
    assertThat(run("compare", hit("before", 10))).isEqualTo(2);

    assertThat(err.toString()).contains("CURRENT");
  }

  @Test
  void aReportOfSomeFilesIsOnePage() throws Exception {
    Path made = directory.resolve("made");

    int exitCode = run("jmh-report", hit("before", 10), hit("now", 20), "--out", made.toString());

    assertThat(exitCode).as(err.toString()).isZero();
    assertThat(out.toString()).contains("Charts: " + made.resolve("jmh.html"));
    assertThat(out.toString()).contains("Tables: " + made.resolve("jmh.md"));
    assertThat(Files.readString(made.resolve("jmh.md")))
        .contains("### LocalHit, time: 1 thread, avgt");
    assertThat(Files.readString(made.resolve("jmh.html"))).contains("before.json", "now.json");
  }

  @Test
  void aBaselineThatIsNowhereIsRefused() {
    String out = directory.toString();

    assertThat(run("jmh-report", hit("now", 10), "--baseline", "guava", "--out", out)).isEqualTo(2);

    assertThat(err.toString()).contains("--baseline takes the name of a benchmark method");
  }

  private String hit(String name, double nanos) {
    return file(name, new JmhJson().time("LocalHit.corral", nanos, nanos + 0.1, nanos + 0.2));
  }

  private String file(String name, JmhJson results) {
    return results.to(directory.resolve(name + ".json")).toString();
  }

  private int run(String... args) {
    return Stampede.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }
}
