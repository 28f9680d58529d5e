package dev.corral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.corral.codec.StringCodec;
import dev.corral.remote.InMemoryRemoteServer;
import dev.corral.remote.RemoteStore;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheBuilderTest {

  private static final Duration ONE_MS = Duration.ofMillis(1);
  private static final Duration TEN_YEARS = Duration.ofDays(3650);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final CacheBuilder<Long, String> builder = TieredCache.builder("products");

  /** An option with values of which one is too much, and what the refusal says. */
  private record Refused(String message, Consumer<CacheBuilder<Long, String>> option) {}

  private static List<Refused> refused() {
    Duration zero = Duration.ZERO;
    Duration minus = Duration.ofMillis(-1);
    Duration short1 = Duration.ofNanos(999_999);
    Duration long1 = TEN_YEARS.plusNanos(1);
    String rule = " must be from PT0.001S to PT87600H: ";
    return List.of(
        new Refused("freshFor" + rule + "PT0S", b -> b.freshFor(zero)),
        new Refused("freshFor" + rule + "PT-0.001S", b -> b.freshFor(minus)),
        new Refused("freshFor" + rule + "PT0.000999999S", b -> b.freshFor(short1)),
        new Refused("freshFor" + rule + "PT87600H0.000000001S", b -> b.freshFor(long1)),
        new Refused("staleFor" + rule + "PT-0.001S", b -> b.staleFor(minus)),
        new Refused("staleFor" + rule + "PT0.000999999S", b -> b.staleFor(short1)),
        new Refused("staleFor" + rule + "PT87600H0.000000001S", b -> b.staleFor(long1)),
        new Refused("absentFor" + rule + "PT0S", b -> b.absentFor(zero)),
        new Refused("absentFor" + rule + "PT87600H0.000000001S", b -> b.absentFor(long1)),
        new Refused("loadTimeout" + rule + "PT0S", b -> b.loadTimeout(zero)),
        new Refused("loadTimeout" + rule + "PT87600H0.000000001S", b -> b.loadTimeout(long1)),
        new Refused("leaseTime" + rule + "PT0S", b -> b.leaseTime(zero)),
        new Refused("leaseTime" + rule + "PT87600H0.000000001S", b -> b.leaseTime(long1)),
        new Refused(
            "leaseTime must be at least PT0.03S: PT0.029S",
            b -> b.leaseTime(Duration.ofMillis(29))),
        new Refused("failureBackoff base" + rule + "PT0S", b -> b.failureBackoff(zero, SECOND)),
        new Refused("failureBackoff cap" + rule + "PT0S", b -> b.failureBackoff(SECOND, zero)),
        new Refused(
            "failureBackoff cap must be at least its base PT1S: PT0.999S",
            b -> b.failureBackoff(SECOND, Duration.ofMillis(999))),
        new Refused(
            "failureBackoff cap" + rule + "PT87600H0.000000001S",
            b -> b.failureBackoff(SECOND, long1)),
        new Refused("jitter must be from 0 to below 1: 1.0", b -> b.jitter(1)),
        new Refused("jitter must be from 0 to below 1: -0.1", b -> b.jitter(-0.1)),
        new Refused("jitter must be from 0 to below 1: NaN", b -> b.jitter(Double.NaN)),
        new Refused("refreshAhead must be above 0 and at most 100: 0.0", b -> b.refreshAhead(0)),
        new Refused(
            "refreshAhead must be above 0 and at most 100: 100.1", b -> b.refreshAhead(100.1)),
        new Refused(
            "refreshAhead must be above 0 and at most 100: NaN", b -> b.refreshAhead(Double.NaN)),
        new Refused(
            "maximumValueBytes must be from 1 to 536870912: 0", b -> b.maximumValueBytes(0)),
        new Refused(
            "maximumValueBytes must be from 1 to 536870912: 536870913",
            b -> b.maximumValueBytes(536870913)),
        new Refused("maximumSize must be at least 1: 0", b -> b.maximumSize(0)),
        new Refused("maximumSize must be at least 1: -5", b -> b.maximumSize(-5)),
        new Refused("schema must match [A-Za-z0-9._-]{1,48}: ", b -> b.schema("")),
        new Refused("schema must match [A-Za-z0-9._-]{1,48}: a@b", b -> b.schema("a@b")));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void aValueOutOfBoundsIsRefusedByOptionValueAndRule(Refused refused) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> refused.option().accept(builder))
        .withMessage(refused.message());
  }

  private static Stream<Consumer<CacheBuilder<Long, String>>> accepted() {
    return Stream.of(
        b -> b.freshFor(ONE_MS),
        b -> b.freshFor(TEN_YEARS),
        b -> b.freshFor(SECOND).staleFor(Duration.ZERO),
        b -> b.freshFor(SECOND).staleFor(ONE_MS),
        b -> b.freshFor(TEN_YEARS).staleFor(TEN_YEARS),
        b -> b.freshFor(SECOND).absentFor(ONE_MS),
        b -> b.freshFor(SECOND).absentFor(TEN_YEARS),
        b -> b.freshFor(SECOND).loadTimeout(ONE_MS),
        b -> b.freshFor(SECOND).loadTimeout(TEN_YEARS),
        b -> b.freshFor(SECOND).leaseTime(Duration.ofMillis(30)),
        b -> b.freshFor(SECOND).leaseTime(TEN_YEARS),
        b -> b.freshFor(SECOND).failureBackoff(ONE_MS, ONE_MS),
        b -> b.freshFor(SECOND).failureBackoff(TEN_YEARS, TEN_YEARS),
        b -> b.freshFor(SECOND).jitter(0),
        b -> b.freshFor(SECOND).jitter(Math.nextDown(1.0)),
        b -> b.freshFor(SECOND).refreshAhead(Double.MIN_VALUE),
        b -> b.freshFor(SECOND).refreshAhead(100),
        b -> b.freshFor(SECOND).refreshAhead(),
        b -> b.freshFor(SECOND).maximumSize(1),
        b -> b.freshFor(SECOND).maximumSize(Long.MAX_VALUE),
        b -> b.freshness((key, value) -> Freshness.uncached()));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void aValueAtTheBoundWorks(Consumer<CacheBuilder<Long, String>> options) {
    options.accept(builder);

    try (var cache =
        builder.remote(new InMemoryRemoteServer().newNode(), StringCodec.utf8()).build()) {
      assertThat(cache.get(1L, key -> "a")).isEqualTo("a");
      assertThat(cache.get(2L, key -> null)).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "Products_v2.eu-1", "123456789012345678901234567890123456789012345678"})
  void aNameOfLettersDigitsAndThreeSignsIsTaken(String name) {
    try (TieredCache<Long, String> cache =
        TieredCache.<Long, String>builder(name).freshFor(SECOND).build()) {
      assertThat(cache.name()).isEqualTo(name);
      assertThat(cache).hasToString("TieredCache[" + name + ", CacheStats[]]");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a:b",
        "a@b",
        "a{b}",
        "größe",
        "a\n",
        "1234567890123456789012345678901234567890123456789"
      })
  void anyOtherNameIsRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TieredCache.builder(name))
        .withMessage("name must match [A-Za-z0-9._-]{1,48}: " + name);
  }

  @Test
  void aCacheThatIsNotToldHowLongValuesLiveIsRefused() {
    assertThatIllegalStateException()
        .isThrownBy(builder::build)
        .withMessage("freshFor or freshness is needed");
  }

  @Test
  void aStaleWindowBehindNothingIsRefused() {
    builder.staleFor(SECOND);

    assertThatIllegalStateException()
        .isThrownBy(builder::build)
        .withMessage("staleFor needs freshFor");
  }

  @Test
  void aPolicyAndFixedTimesClash() {
    builder.freshness((key, value) -> Freshness.fresh(SECOND)).staleFor(SECOND);
    assertThatIllegalStateException()
        .isThrownBy(builder::build)
        .withMessage("freshness cannot be combined with staleFor");

    builder.freshFor(SECOND);
    assertThatIllegalStateException()
        .isThrownBy(builder::build)
        .withMessage("freshness cannot be combined with freshFor");
  }

  @Test
  void aSchemaWithoutARemoteTierIsRefused() {
    builder.freshFor(SECOND).schema("v2");

    assertThatIllegalStateException().isThrownBy(builder::build).withMessage("schema needs remote");
  }

  @Test
  void aLimitOfBytesWithoutARemoteTierIsRefused() {
    builder.freshFor(SECOND).maximumValueBytes(1);

    assertThatIllegalStateException()
        .isThrownBy(builder::build)
        .withMessage("maximumValueBytes needs remote");
  }

  @Test
  void oneBuilderBuildsCachesThatShareNothing() {
    builder.freshFor(SECOND);

    try (var one = builder.build();
        var other = builder.build()) {
      one.put(1L, "a");

      assertThat(other.getIfPresent(1L)).isEmpty();
    }
  }

  @Test
  void aClosedStoreMakesNoCache() {
    RemoteStore store = new InMemoryRemoteServer().newNode();
    store.close();
    builder.freshFor(SECOND).remote(store, StringCodec.utf8());

    assertThatIllegalStateException().isThrownBy(builder::build);
  }

  /** An option that was given null, and what it is called. */
  private record Missing(String name, Consumer<CacheBuilder<Long, String>> option) {}

  @SuppressWarnings("NullAway") // that is what the test is about
  private static List<Missing> missing() {
    RemoteStore store = new InMemoryRemoteServer().newNode();
    return List.of(
        new Missing("name", b -> TieredCache.builder(null)),
        new Missing("freshFor", b -> b.freshFor(null)),
        new Missing("staleFor", b -> b.staleFor(null)),
        new Missing("freshness", b -> b.freshness(null)),
        new Missing("absentFor", b -> b.absentFor(null)),
        new Missing("loadTimeout", b -> b.loadTimeout(null)),
        new Missing("leaseTime", b -> b.leaseTime(null)),
        new Missing("failureBackoff base", b -> b.failureBackoff(null, SECOND)),
        new Missing("failureBackoff cap", b -> b.failureBackoff(SECOND, null)),
        new Missing("store", b -> b.remote(null, StringCodec.utf8())),
        new Missing("codec", b -> b.remote(store, null)),
        new Missing("schema", b -> b.schema(null)),
        new Missing("keys", b -> b.keys(null)),
        new Missing("listener", b -> b.listener(null)),
        new Missing("executor", b -> b.executor(null)),
        new Missing("scheduler", b -> b.scheduler(null)),
        new Missing("ticker", b -> b.ticker(null)),
        new Missing("random", b -> b.random(null)));
  }

  @ParameterizedTest
  @MethodSource("missing")
  void nullIsRefusedByName(Missing missing) {
    assertThatNullPointerException()
        .isThrownBy(() -> missing.option().accept(builder))
        .withMessage(missing.name());
  }
}
