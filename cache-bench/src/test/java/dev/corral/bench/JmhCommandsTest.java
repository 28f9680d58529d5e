package dev.corral.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both commands say by their exit code what a script wants to know. */
class JmhCommandsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  @Test
  void somethingThatGotSlowerIsExitCode1() {
    assertThat(run("compare", recorded("baseline"), recorded("current"))).isEqualTo(1);

    assertThat(out.toString()).startsWith("2 slower");
  }

  @Test
  void nothingThatGotSlowerIsExitCode0() {
    assertThat(run("compare", recorded("baseline"), recorded("baseline"))).isZero();

    assertThat(out.toString()).startsWith("0 slower");
  }

  @Test
  void aBadFileIsExitCode2WithItsNameAndTheRule() throws Exception {
    Path broken = Files.writeString(directory.resolve("broken.json"), "[{");

    assertThat(run("compare", recorded("baseline"), broken.toString())).isEqualTo(2);
    assertThat(err.toString()).startsWith(broken + ": is not JSON: ");

    assertThat(run("jmh-report", broken.toString(), "--out", directory.toString())).isEqualTo(2);
    assertThat(directory.resolve("jmh.html")).doesNotExist();
  }

  @Test
  void oneFileIsNothingToCompare() {
    assertThat(run("compare", recorded("baseline"))).isEqualTo(2);

    assertThat(err.toString()).contains("CURRENT");
  }

  @Test
  void aReportOfSomeFilesIsOnePage() throws Exception {
    Path made = directory.resolve("made");

    int exitCode =
        run("jmh-report", recorded("baseline"), recorded("current"), "--out", made.toString());

    assertThat(exitCode).as(err.toString()).isZero();
    assertThat(out.toString()).contains("Charts: " + made.resolve("jmh.html"));
    assertThat(Files.readString(made.resolve("jmh.html")))
        .contains("baseline.json", "current.json");
  }

  @Test
  void aBaselineThatIsNowhereIsRefused() {
    String out = directory.toString();

    assertThat(run("jmh-report", recorded("current"), "--baseline", "guava", "--out", out))
        .isEqualTo(2);

    assertThat(err.toString()).contains("--baseline takes the name of a benchmark method");
  }

  private static String recorded(String name) {
    try {
      var found = JmhCommandsTest.class.getResource("compare/" + name + ".json");
      return Path.of(Objects.requireNonNull(found).toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(name, e);
    }
  }

  private int run(String... args) {
    return Stampede.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }
}
