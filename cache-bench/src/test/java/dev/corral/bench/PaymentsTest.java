package dev.corral.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Payments through real processes, a real PostgreSQL and a real Redis, all of which fail. */
@Timeout(300)
class PaymentsTest {

  private final StringWriter said = new StringWriter();

  @TempDir private Path directory;

  private JsonNode pay(String contenders, long seed, int expectedExit) throws Exception {
    var out = new PrintWriter(said, true);
    int exit =
        Stampede.run(
            out,
            out,
            "payments",
            "--payments",
            "400",
            "--rate",
            "50",
            "--crashes",
            "2",
            "--api-crashes",
            "1",
            "--seed",
            String.valueOf(seed),
            "--contenders",
            contenders,
            "--out",
            directory.toString());
    assertThat(exit).as(said.toString()).isEqualTo(expectedExit);
    return new ObjectMapper().readTree(directory.resolve("result.json").toFile());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 20, 300})
  void eachPaymentIsChargedOnceWhateverFails(long seed) throws Exception {
    JsonNode corral = pay("corral", seed, 0).get("contenders").get(0);

    assertThat(corral.get("charges").asInt()).isEqualTo(400);
    assertThat(corral.get("duplicates").asInt()).isZero();
    assertThat(corral.get("lost").asInt()).isZero();
    assertThat(corral.get("unanswered").asInt()).isZero();
    // And all of it was put to the test.
    assertThat(corral.get("crashes").asInt()).isEqualTo(2);
    assertThat(corral.get("apiCrashes").asInt()).isEqualTo(1);
    assertThat(corral.get("retries").asInt()).isPositive();
    assertThat(corral.get("replays").asInt()).isPositive();
    assertThat(corral.get("conflicts").asInt()).isPositive();
    assertThat(corral.get("refusedKeys").asInt()).isPositive();
    assertThat(corral.get("faults")).allMatch(fault -> fault.asInt() >= 0).isNotEmpty();
    assertThat(said.toString())
        .contains("seed " + seed, "service killed", "API killed", "Redis away");
    assertThat(Files.readString(directory.resolve("report.html"))).contains("\"corral\"");
  }

  @Test
  void withoutKeysTheSameFaultsChargePeopleTwice() throws Exception {
    JsonNode contenders = pay("no-retry,naive-retry", 1, 0).get("contenders");

    assertThat(contenders.get(0).get("lost").asInt()).isPositive();
    assertThat(contenders.get(1).get("lost").asInt()).isZero();
    assertThat(contenders.get(1).get("duplicates").asInt()).isPositive();
  }
}
