package dev.corral.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program: real servers, real processes, a short run. */
class StampedeTest {
  private final StringWriter said = new StringWriter();

  @TempDir private Path directory;

  @Test
  void aHotKeyStampedesWithoutCorralAndNotWithIt() throws Exception {
    int exitCode =
        run(
            "hot-key",
            "--nodes",
            "2",
            "--threads",
            "8",
            "--seconds",
            "2",
            "--ttl",
            "500ms",
            "--rate",
            "400",
            "--contenders",
            "none,naive,corral,corral-stale");

    assertThat(exitCode).as(said.toString()).isZero();
    JsonNode contenders = result().get("contenders");
    assertThat(contenders).hasSize(4);
    assertThat(contenders)
        .allSatisfy(contender -> assertThat(contender.get("errors").asInt()).isZero());
    assertThat(contenders.get(0).get("maxConcurrentLoadsPerKey").asInt()).isGreaterThan(1);
    assertThat(contenders.get(1).get("maxLoadsPerExpiry").asInt()).isGreaterThan(1);
    for (int i = 2; i < 4; i++) {
      assertThat(contenders.get(i).get("expiries").asInt()).isPositive();
      assertThat(contenders.get(i).get("maxLoadsPerExpiry").asInt()).isEqualTo(1);
      assertThat(contenders.get(i).get("maxConcurrentLoadsPerKey").asInt()).isEqualTo(1);
    }
    assertThat(said.toString()).contains("contender", "corral-stale");
    assertThat(Files.readString(directory.resolve("report.html"))).contains("\"corral-stale\"");
  }

  @Test
  void aTraceOfTypedKeysRunsToItsEnd() throws Exception {
    Path trace = directory.resolve("keys.bin");
    Files.write(trace, typedKeys());

    int exitCode =
        run(
            "trace",
            trace.toString(),
            "--nodes",
            "2",
            "--threads",
            "4",
            "--rate",
            "1000",
            "--ttl",
            "400ms");

    assertThat(exitCode).as(said.toString()).isZero();
    for (JsonNode contender : result().get("contenders")) {
      assertThat(contender.get("gets").asInt()).isEqualTo(2000);
      assertThat(contender.get("loadsByType")).hasSize(4);
    }
  }

  @Test
  void getsThatFailAreErrorsByTypeAndTheExitCodeTells() throws Exception {
    int exitCode =
        run(
            "hot-key",
            "--nodes",
            "1",
            "--threads",
            "2",
            "--seconds",
            "1",
            "--ttl",
            "500ms",
            "--rate",
            "20",
            "--redis",
            "redis://127.0.0.1:1",
            "--contenders",
            "naive");

    assertThat(exitCode).isEqualTo(1);
    JsonNode naive = result().get("contenders").get(0);
    assertThat(naive.get("errors").asInt()).isEqualTo(naive.get("gets").asInt()).isPositive();
    assertThat(naive.get("exceptions").fieldNames().next()).contains("JedisConnectionException");
  }

  @Test
  void whenRedisIsAwayNoGetOfCorralFailsAndTheReportTellsWhen() throws Exception {
    run(
        "redis-outage",
        "--nodes",
        "2",
        "--threads",
        "8",
        "--phase",
        "1",
        "--rate",
        "200",
        "--contenders",
        "corral");

    // How long a get takes is for a quiet machine to say.
    JsonNode corral = result().get("contenders").get(0);
    assertThat(corral.get("errors").asInt()).isZero();
    assertThat(corral.get("notServed").asInt()).isZero();
    assertThat(corral.get("perSecond")).hasSize(8);
    assertThat(corral.get("phases").findValuesAsText("name"))
        .containsExactly(
            "before", "Redis killed", "restarted", "Redis frozen", "thawed", "Redis slow", "after");
    assertThat(corral.get("phases"))
        .allSatisfy(p -> assertThat(p.get("gets").asInt()).isPositive());
    assertThat(result().get("expectations")).hasSize(8);
    assertThat(said.toString()).contains("  Redis frozen", "corral: no get fails");
    assertThat(Files.readString(directory.resolve("report.html"))).contains("\"Redis frozen\"");
  }

  @Test
  void whenTheDatabaseRefusesEveryGetIsAnsweredAndItIsAskedAgainNowAndThen() throws Exception {
    run(
        "origin-outage",
        "--nodes",
        "2",
        "--threads",
        "8",
        "--phase",
        "2",
        "--rate",
        "200",
        "--contenders",
        "corral-budget");

    JsonNode corral = result().get("contenders").get(0);
    assertThat(corral.get("notServed").asInt()).isZero();
    assertThat(corral.get("wrongValues").asInt()).isZero();
    assertThat(corral.get("maxConcurrentLoadsPerKey").asInt()).isEqualTo(1);
    assertThat(corral.get("phases").findValuesAsText("name"))
        .containsExactly("before", "database refuses", "database slow", "after");
    JsonNode refusing = corral.get("phases").get(1);
    assertThat(refusing.get("failedLoads").asInt()).isPositive();
    assertThat(refusing.get("staleServed").asInt()).isPositive();
    assertThat(corral.get("phases").get(3).get("gets").asInt()).isPositive();
    assertThat(result().get("expectations")).hasSize(7);
  }

  @Test
  void aColdStartOfCorralLoadsEachKeyOnce() throws Exception {
    run(
        "cold-start",
        "--nodes",
        "2",
        "--threads",
        "8",
        "--count",
        "300",
        "--seconds",
        "2",
        "--rate",
        "400",
        "--contenders",
        "local,corral");

    JsonNode local = result().get("contenders").get(0);
    assertThat(local.get("maxLoadsPerExpiry").asInt()).isEqualTo(2);
    JsonNode corral = result().get("contenders").get(1);
    assertThat(corral.get("errors").asInt()).isZero();
    assertThat(corral.get("loads").asInt()).isEqualTo(corral.get("coldKeys").asInt()).isPositive();
  }

  @Test
  void aDeployReplacesEveryProcessAndCorralLoadsNothingTwice() throws Exception {
    run(
        "deploy",
        "--nodes",
        "2",
        "--threads",
        "8",
        "--phase",
        "3",
        "--rate",
        "200",
        "--contenders",
        "corral");

    JsonNode corral = result().get("contenders").get(0);
    assertThat(corral.get("errors").asInt()).isZero();
    assertThat(corral.get("notServed").asInt()).isZero();
    assertThat(corral.get("maxLoadsPerExpiry").asInt()).isEqualTo(1);
    assertThat(corral.get("phases").findValuesAsText("name"))
        .containsExactly("before", "node 1 restarts", "node 2 restarts", "after");
  }

  @Test
  void inAStormOfInvalidationsCorralReadsNothingOldWhereItPromisesSo() throws Exception {
    run(
        "invalidation-storm",
        "--nodes",
        "2",
        "--threads",
        "8",
        "--seconds",
        "2",
        "--count",
        "20",
        "--rate",
        "1000",
        "--changes",
        "200",
        "--contenders",
        "none,naive,corral");

    // How late another node may be is for a quiet machine to say.
    JsonNode contenders = result().get("contenders");
    for (JsonNode contender : contenders) {
      assertThat(contender.get("errors").asInt()).as(said.toString()).isZero();
      assertThat(contender.get("invalidations").asInt()).isPositive();
      assertThat(contender.get("overtakenLoads").asInt()).isPositive();
    }
    assertThat(contenders.get(0).get("staleReads").asInt()).isZero();
    assertThat(contenders.get(1).get("staleReads").asInt()).isPositive();
    JsonNode corral = contenders.get(2);
    assertThat(corral.get("staleReadsOnOwnNode").asInt()).isZero();
    assertThat(corral.get("staleReadsArrivedLate").asInt()).isZero();
    assertThat(said.toString()).contains("overtaken loads", "corral: a node that has invalidated");
    assertThat(Files.readString(directory.resolve("report.html"))).contains("\"maxStaleMicros\"");
  }

  @Test
  void aStoryIsToldStepByStepAndItsLastStepServesStaleWhileTheDatabaseIsDown() throws Exception {
    run(
        "step-by-step",
        "--scale",
        "60",
        "--crowd",
        "10",
        "--nodes",
        "2",
        "--threads",
        "16",
        "--contenders",
        "corral-guarded");

    // How many queries a step costs, and whether nobody fails, is for a quiet machine to say.
    JsonNode guarded = result().get("contenders").get(0);
    assertThat(guarded.get("wrongValues").asInt()).as(said.toString()).isZero();
    assertThat(guarded.get("perSecond")).hasSize(10);
    assertThat(guarded.get("failedLoads").asInt()).isPositive();
    assertThat(guarded.get("staleServed").asInt()).isPositive();
    assertThat(guarded.get("phases").findValuesAsText("name"))
        .containsExactly("fast", "database slow", "fast again", "database down", "fast at last");
    assertThat(result().get("story").get("scale").asInt()).isEqualTo(60);
    assertThat(result().get("keys").asInt()).isEqualTo(17);
    assertThat(said.toString()).contains("60 times as fast", "failure memory, breaker, permits");
    String picture = Files.readString(directory.resolve("step-7.svg"));
    assertThat(Files.readString(directory.resolve("report.html"))).contains(picture);
  }

  /** 2,000 accesses to 40 keys of 4 types. */
  private static byte[] typedKeys() {
    var keys = ByteBuffer.allocate(4 * 2000);
    for (int i = 0; i < 2000; i++) {
      keys.putInt((i * 7 % 4) << 27 | i * 31 % 10 << 9);
    }
    return keys.array();
  }

  private JsonNode result() throws IOException {
    return new ObjectMapper().readTree(directory.resolve("result.json").toFile());
  }

  private int run(String... args) {
    var all = new String[args.length + 2];
    System.arraycopy(args, 0, all, 0, args.length);
    all[args.length] = "--out";
    all[args.length + 1] = directory.toString();
    var out = new PrintWriter(said, true);
    return Stampede.run(out, out, all);
  }
}
