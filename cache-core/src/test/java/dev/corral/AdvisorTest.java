package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.codec.Codec;
import dev.corral.codec.DeflateCodec;
import dev.corral.codec.JacksonCodec;
import dev.corral.codec.StringCodec;
import dev.corral.origin.Origin;
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

  private static CacheBuilder<Long, String> written(
      CacheBuilder<Long, String> options, Codec<String> codec) {
    return options.remote(new InMemoryRemoteServer().newNode(), codec);
  }

  /** A codec of the user's own. */
  private record Named(String name) implements Codec<String> {
    @Override
    public byte[] encode(String value) {
      return CODEC.encode(value);
    }

    @Override
    public String decode(byte[] bytes) {
      return CODEC.decode(bytes);
    }
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
            "sound, the default of leaseTime beside an origin that is quicker",
            options ->
                shared(options)
                    .origin(Origin.named("db").loadTimeout(Duration.ofSeconds(2)).build()),
            null,
            null),
        row(
            "a lease longer than the load timeout of the origin",
            options ->
                shared(options)
                    .leaseTime(Duration.ofSeconds(3))
                    .origin(Origin.named("db").loadTimeout(Duration.ofSeconds(2)).build()),
            "leaseTime",
            "longer than loadTimeout PT2S"),
        row("sound, text", options -> shared(options), null, null),
        row("sound, JSON", options -> written(options, JacksonCodec.of(String.class)), null, null),
        row(
            "sound, JSON that is compressed",
            options -> written(options, DeflateCodec.of(JacksonCodec.of(String.class))),
            null,
            null),
        row(
            "sound, a codec that says its version",
            options -> written(options, new Named("product-2")),
            null,
            null),
        row(
            "a codec that says no version",
            options -> written(options, new Named("product")),
            "schema",
            "codec product has no version at the end of its name"),
        row(
            "the same, compressed",
            options -> written(options, DeflateCodec.of(new Named("product"))),
            "schema",
            "codec product+deflate has no version at the end of its name"),
        row(
            "a codec whose name has a number, but no version",
            options -> written(options, new Named("utf-16-be")),
            "schema",
            "codec utf-16-be"),
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
  void storesWithoutANamespaceAreTold() {
    assertThat(shared(sound()).findings())
        .extracting(Advisor.Advice::option)
        .containsExactly("namespace");
  }

  @Test
  void theFirstExampleIsSound() {
    assertThat(
            TieredCache.<Long, String>builder("products")
                .freshFor(Duration.ofMinutes(5))
                .staleFor(Duration.ofHours(1))
                .remote(new InMemoryRemoteServer().newNode(), JacksonCodec.of(String.class))
                .findings())
        .extracting(Advisor.Advice::option)
        .containsExactly("namespace");
  }

  @Test
  void adviceCanBeSwitchedOff() {
    assertThat(sound().maximumSize(10).advice(false).findings()).isEmpty();
    assertThat(sound().maximumSize(10).disabled(true).findings()).isEmpty();
  }
}
