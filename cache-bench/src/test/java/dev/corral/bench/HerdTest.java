package dev.corral.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.corral.bench.herd.WaitingThreads;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Small herds of real processes; how long they wait is for a quiet machine to say. */
@Timeout(120)
class HerdTest {
  private static final int WAITERS = 8;

  private final StringWriter said = new StringWriter();

  @TempDir private Path directory;

  private JsonNode herd(String... options) throws Exception {
    String[] always = {
      "herd",
      "--processes",
      "2",
      "--waiters",
      "" + WAITERS,
      "--rounds",
      "2",
      "--warm-up",
      "1",
      "--out",
      directory.toString()
    };
    var all = new String[always.length + options.length];
    System.arraycopy(always, 0, all, 0, always.length);
    System.arraycopy(options, 0, all, always.length, options.length);
    var out = new PrintWriter(said, true);
    int exitCode = Stampede.run(out, out, all);
    assertThat(exitCode).as(said.toString()).isZero();
    return new ObjectMapper().readTree(directory.resolve("result.json").toFile());
  }

  @Test
  void aHerdOfTwoProcessesTakesOneLoadWithCorralAndMoreWithoutACluster() throws Exception {
    JsonNode result = herd("--contenders", "latch,naive,corral");

    JsonNode latch = result.get("contenders").get(0);
    assertThat(latch.get("rounds").asInt()).isEqualTo(6);
    assertThat(latch.get("loads").asInt()).isEqualTo(12);
    assertThat(latch.get("otherWaits").get("count").asInt()).isZero();
    assertThat(latch.get("wakeUps").get("count").asInt()).isZero();
    JsonNode naive = result.get("contenders").get(1);
    assertThat(naive.get("maxLoadsPerRound").asInt()).isGreaterThan(1);
    JsonNode corral = result.get("contenders").get(2);
    assertThat(corral.get("rounds").asInt()).isEqualTo(6);
    assertThat(corral.get("loads").asInt()).isEqualTo(6);
    assertThat(corral.get("roundsWithMoreLoads").asInt()).isZero();
    assertThat(corral.get("waits").get("count").asInt()).isEqualTo(2 * 2 * WAITERS);
    assertThat(corral.get("loadingWaits").get("count").asInt()).isEqualTo(2 * WAITERS);
    assertThat(corral.get("otherWaits").get("count").asInt()).isEqualTo(2 * WAITERS);
    assertThat(corral.get("wakeUps").get("count").asInt()).isEqualTo(2);
    assertThat(corral.get("wakeUps").get("pings").asInt()).isEqualTo(2);
    assertThat(result.get("contenders"))
        .allSatisfy(contender -> assertThat(contender.get("failures").asInt()).isZero());
    assertThat(result.get("expectations")).hasSize(2);
    assertThat(result.get("goals")).hasSize(2);
    assertThat(said.toString()).contains("wake-up 2 of 2", "loads/round, at most", "goal ");
    assertThat(Files.readString(directory.resolve("report.html"))).contains("\"latch\"");
  }

  @Test
  void virtualThreadsWaitAsWell() throws Exception {
    Assumptions.assumeTrue(WaitingThreads.VIRTUAL.available(), "Java has no virtual threads here");

    JsonNode result = herd("--threads", "virtual", "--contenders", "corral");

    assertThat(result.get("threads").asText()).isEqualTo("virtual");
    assertThat(result.get("contenders").get(0).get("loads").asInt()).isEqualTo(6);
  }

  @Test
  void virtualThreadsThatJavaDoesNotHaveAreRefused() {
    Assumptions.assumeFalse(WaitingThreads.VIRTUAL.available(), "Java has virtual threads here");
    var out = new PrintWriter(said, true);

    assertThat(Stampede.run(out, out, "herd", "--threads", "virtual")).isEqualTo(2);

    assertThat(said.toString()).contains("--threads takes virtual on Java 21 and newer, and this");
  }
}
