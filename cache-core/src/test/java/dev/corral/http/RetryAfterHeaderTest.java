package dev.corral.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterHeaderTest {

  private static final Instant NOW = Instant.parse("2026-11-06T08:49:37Z");

  private static @Nullable Duration read(String value) {
    return read(Map.of("Retry-After", List.of(value)));
  }

  private static @Nullable Duration read(Map<String, List<String>> headers) {
    return RetryAfterHeader.read(HttpHeaders.of(headers, (name, value) -> true), NOW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0                               | PT0S",
        "120                             | PT2M",
        " 7                              | PT7S",
        "007                             | PT7S",
        "0000000005                      | PT5S",
        "0000000000000000000000000000000 | PT0S",
        "00000000000999999999            | PT87600H",
        "999999999                       | PT87600H",
        "9999999999                      | PT87600H",
        "99999999999999999999999999      | PT87600H",
        "Fri, 06 Nov 2026 08:50:37 GMT   | PT1M",
        "Friday, 06-Nov-26 08:50:37 GMT  | PT1M",
        "Fri Nov  6 08:50:37 2026        | PT1M",
        "Fri, 06 Nov 2026 08:49:37 GMT   | PT0S",
        "Sun, 06 Nov 1994 08:49:37 GMT   | PT0S",
        "Sunday, 06-Nov-94 08:49:37 GMT  | PT0S",
        "Fri, 31 Dec 9999 23:59:59 GMT   | PT87600H",
      })
  void secondsAndAllFormsOfDates(String value, Duration pause) {
    assertThat(read(value)).isEqualTo(pause);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-1",
        "+1",
        "1.5",
        "1e3",
        "0x10",
        "PT1S",
        "soon",
        "١٢",
        "1 2",
        "Fri, 06 Nov 2026 08:50:37",
        "Fri, 06 Nov 2026 08:50:37 CET",
        "Mon, 06 Nov 2026 08:50:37 GMT",
        "Fri, 99 Nov 2026 08:50:37 GMT",
        "Fri, 06 Nov 999999999 08:50:37 GMT",
        "11111111111111111111111111111111111111111111111111111111111111111",
      })
  void whatMakesNoSenseSaysNothing(String value) {
    assertThat(read(value)).isNull();
  }

  @Test
  void severalValuesSayNothingAndNoneDoesNot() {
    assertThat(read(Map.of("Retry-After", List.of("1", "2")))).isNull();
    assertThat(read(Map.of())).isNull();
  }

  @Test
  void aDateCountsFromTheTimeOfTheServer() {
    assertThat(
            read(
                Map.of(
                    "Date", List.of("Sat, 01 Jan 2000 00:00:00 GMT"),
                    "Retry-After", List.of("Sat, 01 Jan 2000 00:00:05 GMT"))))
        .isEqualTo(Duration.ofSeconds(5));
    assertThat(
            read(
                Map.of(
                    "Date", List.of("nonsense"),
                    "Retry-After", List.of("Fri, 06 Nov 2026 08:49:47 GMT"))))
        .isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void noBytesMakeItThrowOrAskForLessThanNothingOrMoreThanTheMost() {
    String alphabet = "0123456789-+:, GMTFriNovSundayuu\t\u0000\u00e9eE.";
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      String value =
          random
              .ints(random.nextInt(40), 0, alphabet.length())
              .mapToObj(at -> alphabet.substring(at, at + 1))
              .reduce("", String::concat);
      Duration pause = read(value);
      if (pause != null) {
        assertThat(pause).isBetween(Duration.ZERO, RetryAfterHeader.LONGEST);
      }
    }
  }
}
