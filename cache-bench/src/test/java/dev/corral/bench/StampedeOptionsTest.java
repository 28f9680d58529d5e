package dev.corral.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is refused before any server starts. */
class StampedeOptionsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --nodes 0                  | --nodes takes a whole number from 1 to 32, not "0".
          --nodes three              | --nodes takes a whole number from 1 to 32, not "three".
          --threads -4               | --threads takes a whole number from 1 to 1000, not "-4".
          --seconds 1.5              | --seconds takes a whole number from 1 to 3600, not "1.5".
          --rate 0                   | --rate takes a whole number from 1 to 1000000, not "0".
          --ttl 2                    | --ttl takes a time from 50 ms to 3600 s, such as 500ms, 2s or
          --ttl 1ms                  | --ttl takes a time from 50 ms to 3600 s
          --contenders naive,fast    | --contenders takes all, or some of none, local, naive, cache-aside, spring, spring-lock-free, jetcache, redisson, corral,
          --contenders all,corral    | --contenders takes all, or some of none, local, naive,
          --contenders ALL           | --contenders takes all, or some of none, local, naive,
          --redis localhost          | --redis takes an address like redis://localhost:6379, not
          --jdbc mysql://localhost   | --jdbc takes an address like jdbc:postgresql://localhost/shop
          --query SELECT             | --query takes SQL with exactly one ?, the key, not "SELECT".
          --keys SELECT              | --query and --keys come together: give both, or neither.
          --query ? --keys SELECT    | --query needs --jdbc, the address of the database that it asks.
          --seconds 1 --ttl 2s       | --seconds must last for one --ttl at least
          --colour red               | Unknown options: '--colour', 'red'
          hotkey                     | There is no scenario or command "hotkey": take one of hot-key, cold-start, deploy, origin-outage, redis-outage, invalidation-storm, trace, step-by-step, herd, serve, redraw, payments, compare, jmh-report.
          redis-outage --redis redis://h:1 | --redis cannot be given here: redis-outage stops a Redis
          origin-outage --jdbc jdbc:postgresql://h/d | --jdbc cannot be given here: origin-outage breaks
          redis-outage --phase 0     | --phase takes a whole number from 1 to 600, not "0".
          deploy --phase 2           | --phase takes a whole number from 3 to 600, not "2".
          cold-start --count 0       | --count takes a whole number from 1 to 100000, not "0".
          invalidation-storm --changes 0 | --changes takes a whole number from 1 to 10000, not "0".
          invalidation-storm --count 4 | --count takes a whole number from 5 to 10000, not "4".
          invalidation-storm --jdbc jdbc:postgresql://h/d --query ? --keys k | --query cannot be given here: invalidation-storm changes rows
          step-by-step --scale 7     | --scale takes a divisor of 60, so that a minute has whole seconds, not 7.
          step-by-step --scale 0     | --scale takes a whole number from 1 to 60, not "0".
          step-by-step --crowd 0     | --crowd takes a whole number from 1 to 1000, not "0".
          step-by-step --rate 5      | --rate cannot be given here: the story and --scale say
          step-by-step --ttl 5s      | --ttl cannot be given here: a value lives for a minute of the story
          step-by-step --jdbc jdbc:postgresql://h/d | --jdbc cannot be given here: step-by-step breaks
          herd --processes 0         | --processes takes a whole number from 1 to 32, not "0".
          herd --waiters some        | --waiters takes a whole number from 1 to 100000, not "some".
          herd --threads green       | --threads takes platform or virtual, not "green".
          herd --load 50             | --load takes a time from 1 ms to 5 s, such as 500ms, 2s or 1.5m, not "50".
          herd --load 6s             | --load takes a time from 1 ms to 5 s
          herd --rounds 0            | --rounds takes a whole number from 1 to 10000, not "0".
          herd --warm-up -1          | --warm-up takes a whole number from 0 to 10000, not "-1".
          herd --contenders corral,fast | --contenders takes some of latch, none, local, naive,
          herd --redis localhost     | --redis takes an address like redis://localhost:6379, not
          serve --port 65536         | --port takes a whole number from 0 to 65535, not "65536".
          serve --redis localhost    | --redis takes an address like redis://localhost:6379, not
          redraw nowhere.json        | nowhere.json is no result of a scenario: nowhere.json (No such file
          redraw pom.xml             | pom.xml is no result of a scenario: Unexpected character
          payments --payments 9      | --payments takes a whole number from 10 to 1000000, not "9".
          payments --seed some       | --seed takes a whole number, not "some".
          payments --contenders all  | --contenders takes some of no-retry, naive-retry, corral, not "all".
          payments --api-crashes x   | --api-crashes takes a whole number from 0 to 1000, not "x".
          payments --crashes -1      | --crashes takes a whole number from 0 to 1000, not "-1".
          trace                      | Missing required parameter: 'FILE'
          trace nowhere.gz           | nowhere.gz: there is no such file.
          trace x --types some       | --types takes auto or none, not "some".
          trace x --limit 0          | --limit takes a whole number from 1 to 100000000, not "0".
          """)
  void aWrongOptionIsRefusedWithWhatWouldBeRight(String line, String sentence) {
    assertThat(run(line.split(" "))).isEqualTo(2);

    assertThat(err.toString()).contains(sentence).contains("--help");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aFileIsNoFolderForResults(@TempDir Path directory) throws Exception {
    Path file = Files.createFile(directory.resolve("report"));

    assertThat(run("--out", file.toString())).isEqualTo(2);

    assertThat(err.toString()).contains("--out takes a folder, and " + file + " is a file.");
  }

  @Test
  void helpListsTheScenarios() {
    assertThat(run("--help")).isZero();

    assertThat(out.toString())
        .contains(
            "hot-key",
            "cold-start",
            "deploy",
            "origin-outage",
            "redis-outage",
            "invalidation-storm",
            "trace",
            "step-by-step",
            "herd");
  }

  @Test
  void eachScenarioListsItsOptions() {
    assertThat(run("hot-key", "--help")).isZero();
    assertThat(out.toString())
        .contains(
            "--nodes",
            "--threads",
            "--seconds",
            "--ttl",
            "--rate",
            "--contenders",
            "--redis",
            "--jdbc",
            "--query",
            "--keys",
            "--out");
    assertThat(run("trace", "--help")).isZero();
    assertThat(out.toString()).contains("FILE", "--limit", "--types");
  }

  private int run(String... args) {
    return Stampede.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }
}
