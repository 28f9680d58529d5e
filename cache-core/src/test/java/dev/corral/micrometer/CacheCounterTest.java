package dev.corral.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.corral.stats.Stat;
import dev.corral.stats.StatsCounter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each meter shows its own count, and no other. */
class CacheCounterTest {

  private final StatsCounter counter = new StatsCounter();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  CacheCounterTest() {
    for (CacheCounter each : CacheCounter.values()) {
      each.bind(registry, counter, StatsCounter::snapshot, Tags.empty());
    }
  }

  private static Stream<Arguments> shown() {
    return Stream.of(
        arguments(Stat.LOCAL_HIT, List.of("corral.gets{result=fresh}")),
        arguments(
            Stat.STALE_HIT,
            List.of("corral.gets{result=stale}", "corral.stale.served{tier=local}")),
        arguments(Stat.MISS, List.of("corral.gets{result=miss}")),
        arguments(Stat.STALE_MISS, List.of("corral.stale.served{tier=remote}")),
        arguments(Stat.REMOTE_HIT, List.of("corral.remote.hits")),
        arguments(Stat.REMOTE_FAILURE, List.of("corral.remote.errors{kind=failed}")),
        arguments(Stat.REMOTE_REFUSED, List.of("corral.remote.errors{kind=refused}")),
        arguments(Stat.COALESCED, List.of("corral.waits{on=thread}")),
        arguments(Stat.REMOTE_WAIT, List.of("corral.waits{on=peer}")),
        arguments(Stat.LOAD, List.of("corral.loads{outcome=success}")),
        arguments(Stat.LOAD_FAILURE, List.of("corral.loads{outcome=failure}")),
        arguments(Stat.LOAD_REJECTED, List.of("corral.loads.rejected")),
        arguments(Stat.BACKED_OFF, List.of("corral.loads.backed.off")),
        arguments(Stat.REFRESH, List.of("corral.refreshes{result=begun}")),
        arguments(Stat.REFRESH_DROPPED, List.of("corral.refreshes{result=dropped}")),
        arguments(Stat.LEASE_GRANTED, List.of("corral.leases.granted")),
        arguments(Stat.LEASE_LOST, List.of("corral.leases.lost")),
        arguments(Stat.PUBLISH_REFUSED, List.of("corral.publishes.refused{reason=lease}")),
        arguments(Stat.VERSION_REFUSED, List.of("corral.publishes.refused{reason=version}")),
        arguments(Stat.UNSHARED, List.of("corral.values.unshared")),
        arguments(Stat.MALFORMED, List.of("corral.values.malformed")),
        arguments(Stat.INVALIDATION_SENT, List.of("corral.invalidations{direction=sent}")),
        arguments(Stat.INVALIDATION_RECEIVED, List.of("corral.invalidations{direction=received}")),
        arguments(Stat.INVALIDATION_REPLAYED, List.of("corral.invalidations{direction=replayed}")),
        arguments(Stat.PARTITION_SUSPECTED, List.of("corral.partitions.suspected")),
        arguments(Stat.REVALIDATION, List.of("corral.revalidations")),
        arguments(Stat.WRITE, List.of("corral.writes")));
  }

  @ParameterizedTest
  @MethodSource("shown")
  void whatIsCountedIsShownAtItsMeterAndNoOther(Stat stat, List<String> meters) {
    counter.count(stat, 7);

    Map<String, Double> expected = new TreeMap<>();
    meters.forEach(meter -> expected.put(meter, 7.0));
    assertThat(MeterValues.notZero(registry)).isEqualTo(expected);
  }

  /** Those that Micrometer's own meters show, in sums, or none. */
  @ParameterizedTest
  @EnumSource(
      value = Stat.class,
      names = {"REFRESH_FOUND", "REMOTE_HIT_SHARED", "LOAD_NANOS", "EVICTION", "PUT"})
  void theseCountsHaveNoMeterOfTheirOwn(Stat stat) {
    counter.count(stat, 7);

    assertThat(MeterValues.notZero(registry)).isEmpty();
  }

  @Test
  void noCountAndNoMeterIsLeftOut() {
    Set<Stat> stats = EnumSet.noneOf(Stat.class);
    Set<String> meters = new TreeSet<>();
    shown()
        .map(Arguments::get)
        .forEach(
            row -> {
              stats.add((Stat) row[0]);
              ((List<?>) row[1]).forEach(meter -> meters.add((String) meter));
            });

    assertThat(EnumSet.complementOf(EnumSet.copyOf(stats)))
        .containsExactlyInAnyOrder(
            Stat.REFRESH_FOUND, Stat.REMOTE_HIT_SHARED, Stat.LOAD_NANOS, Stat.EVICTION, Stat.PUT);
    assertThat(MeterValues.of(registry)).containsOnlyKeys(meters);
    assertThat(Arrays.asList(CacheCounter.values())).hasSize(meters.size());
  }
}
