package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.codec.Codec;
import dev.corral.codec.StringCodec;
import dev.corral.remote.InMemoryRemoteServer;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AdvisorTest {

  private static final Codec<String> CODEC = StringCodec.utf8();

  private record Row(
      String name,
      UnaryOperator<CacheBuilder<Long, String>> options,
      @Nullable String option,
      @Nullable String advice) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** What nothing is to be said of. */
  private static CacheBuilder<Long, String> sound() {
    return TieredCache.<Long, String>builder("products").freshFor(Duration.ofMinutes(5));
  }

  private static CacheBuilder<Long, String> shared(CacheBuilder<Long, String> options) {
    return options.remote(new InMemoryRemoteServer().newNode(), CODEC);
  }

  private static Row row(
      String name,
      UnaryOperator<CacheBuilder<Long, String>> options,
      @Nullable String option,
      @Nullable String advice) {
    return new Row(name, options, option, advice);
  }

  private static Stream<Row> rows() {
    return Stream.of(
        row("sound, one tier", options -> options, null, null),
        row("sound, stale", options -> options.staleFor(Duration.ofHours(1)), null, null),
        row(
            "a stale window shorter than a load",
            options -> options.staleFor(Duration.ofSeconds(1)),
            "staleFor",
            "shorter than loadTimeout PT10S"),
        row(
            "absent for longer than fresh",
            options -> options.absentFor(Duration.ofHours(1)),
            "absentFor",
            "longer than freshFor PT5M"),
        row("few values", options -> options.maximumSize(10), "maximumSize", "entries, not bytes"),
        row(
            "a soft timeout as long as the load timeout",
            options -> options.staleFor(Duration.ofHours(1)).softTimeout(Duration.ofSeconds(10)),
            "softTimeout",
            "no shorter than loadTimeout PT10S"),
        row(
            "a life too short to share",
            options -> shared(options.freshFor(Duration.ofMillis(50)).schema("v1")),
            "freshFor",
            "on the way between the nodes"),
        row(
            "a lease longer than the load timeout",
            options -> shared(options.schema("v1")).leaseTime(Duration.ofMinutes(1)),
            "leaseTime",
            "longer than loadTimeout PT10S"),
        row(
            "a disconnection shorter than two comparisons",
            options -> shared(options.schema("v1")).localWhileDisconnected(Duration.ofSeconds(1)),
            "localWhileDisconnected",
            "two syncIntervals of PT1S"));
  }

  private static List<Advisor.Advice> about(UnaryOperator<CacheBuilder<Long, String>> options) {
    return options.apply(sound()).findings().stream()
        .filter(each -> !each.option().equals("namespace"))
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void whatIsProbablyNotMeantIsToldWithOptionValueAndAdvice(Row row) {
    List<Advisor.Advice> found = about(row.options());

    if (row.option() == null) {
      assertThat(found).isEmpty();
    } else {
      assertThat(found).hasSize(1);
      assertThat(found.get(0).option()).isEqualTo(row.option());
      assertThat(found.get(0).toString())
          .startsWith(row.option() + " is " + found.get(0).value())
          .contains(row.advice());
    }
  }

  @Test
  void valuesWithoutAVersionAndStoresWithoutANamespaceAreTold() {
    assertThat(shared(sound()).findings()).extracting(Advisor.Advice::option).contains("namespace");
    assertThat(
            sound()
                .remote(
                    new InMemoryRemoteServer().newNode(),
                    new Codec<>() {
                      @Override
                      public String name() {
                        return "json";
                      }

                      @Override
                      public byte[] encode(String value) {
                        return CODEC.encode(value);
                      }

                      @Override
                      public String decode(byte[] bytes) {
                        return CODEC.decode(bytes);
                      }
                    })
                .findings())
        .extracting(Advisor.Advice::option)
        .contains("schema");
  }

  @Test
  void adviceCanBeSwitchedOff() {
    assertThat(sound().maximumSize(10).advice(false).findings()).isEmpty();
    assertThat(sound().maximumSize(10).disabled(true).findings()).isEmpty();
  }
}
