package dev.corral.redis;

import static dev.corral.redis.Node.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.remote.FailureBackoff;
import dev.corral.remote.Lease;
import dev.corral.remote.LoadOutcome;
import dev.corral.remote.Lookup;
import dev.corral.remote.StoredFailure;
import dev.corral.servers.RedisServer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;

/** What each step costs, counted on the wire and by Redis itself. */
@SuppressWarnings("NullAway.Init") // set up before each test
class RoundTripsTest {

  private final RedisServer server = RedisServer.shared();
  private final String cache = Node.newCache();
  private CountingProxy proxy;
  private RedisClient throughProxy;
  private RedisClient direct;
  private Node counted;
  private Node other;

  @BeforeEach
  void openAndWarmUp() throws Exception {
    proxy = new CountingProxy(server.host(), server.port());
    throughProxy = RedisClient.create("127.0.0.1", proxy.port());
    direct = RedisClient.create(server.uri());
    counted = Node.listening(throughProxy, cache);
    other = Node.listening(direct, cache);
    // Connected, and the scripts known: what is counted is the steady state.
    Lease lease = counted.lead("warm-up");
    other.region.await("warm-up", other.taken("warm-up"));
    counted.publish(lease, "value");
    other.told.next(Told.Ended.class);
    counted.region.invalidate("warm-up");
    counted.region.put("warm-up", new byte[0], LONG);
    counted.region.clear();
    for (Node node : List.of(counted, other)) {
      node.told.next(Told.Invalidated.class);
      node.told.next(Told.Invalidated.class);
      node.told.next(Told.Cleared.class);
    }
    // The first look-ups after the clear, in both partitions: the floors are known from here on.
    lease = counted.lead("warm-up");
    for (Node node : List.of(counted, other)) {
      for (String key : List.of("key", "value", "taken", "nothing", "none")) {
        node.region.release(node.lead(key));
      }
    }
    counted.region.fail(lease, new StoredFailure(new byte[0]), new FailureBackoff(LONG, LONG, 1));
    proxy.reset();
    resetStats();
  }

  @AfterEach
  void close() {
    counted.close();
    other.close();
    throughProxy.close();
    direct.close();
    proxy.close();
  }

  @Test
  void aHitIsOneRoundTripAndNoScript() {
    other.load("key", "value");
    proxy.reset();
    resetStats();

    assertThat(counted.find("key")).isEqualTo("value");

    assertThat(proxy.roundTrips()).isEqualTo(1);
    assertThat(calls("evalsha") + calls("eval")).isZero();
    assertThat(calls("set")).isEqualTo(1);
    assertThat(calls("pttl")).isEqualTo(1);
    assertThat(calls("mget")).isEqualTo(1);
  }

  @Test
  void aMissThatLoadsIsTwoRoundTripsAndTellsNobody() {
    counted.load("key", "value");

    assertThat(proxy.roundTrips()).isEqualTo(2);
    assertThat(calls("evalsha")).isEqualTo(1);
    assertThat(calls("publish")).isZero();
  }

  @Test
  void aWaiterLooksUpAndRegistersAndThenIsTold() throws Exception {
    Lease lease = other.lead("key");
    proxy.reset();
    resetStats();

    Lookup.Taken taken = counted.taken("key");
    assertThat(counted.region.await("key", taken)).isPresent();
    other.publish(lease, "value");

    Told.Ended told = counted.told.next(Told.Ended.class);
    assertThat(Node.text(((LoadOutcome.Published) told.outcome()).value())).isEqualTo("value");
    assertThat(proxy.roundTrips()).isEqualTo(2);
    assertThat(calls("publish")).isEqualTo(1);
  }

  @Test
  void anInvalidationIsOneRoundTripAndOneMessage() throws Exception {
    counted.region.invalidate("key");

    assertThat(proxy.roundTrips()).isEqualTo(1);
    assertThat(calls("publish")).isEqualTo(1);
    assertThat(other.told.next(Told.Invalidated.class).key()).isEqualTo("key");
  }

  @Test
  void toInspectAKeyIsOneRoundTripOfCommandsThatRead() {
    counted.region.inspect("key");

    assertThat(proxy.roundTrips()).isEqualTo(1);
    assertThat(calls("set")).isZero();
    assertThat(calls("evalsha")).isZero();
  }

  @Test
  void aPutIsOneRoundTrip() {
    counted.region.put("key", new byte[] {1}, LONG);

    assertThat(proxy.roundTrips()).isEqualTo(1);
  }

  @Test
  void aFailureIsOneRoundTripAndSoIsBeingToldToBackOff() {
    Lease lease = counted.lead("key");
    proxy.reset();

    counted.region.fail(lease, new StoredFailure(new byte[0]), new FailureBackoff(LONG, LONG, 1));
    assertThat(proxy.roundTrips()).isEqualTo(1);

    assertThat(counted.region.lookUp("key", LONG)).isInstanceOf(Lookup.BackingOff.class);
    assertThat(proxy.roundTrips()).isEqualTo(2);
  }

  @Test
  void findingAValueAndTakingTheRightToRefreshItIsOneRoundTripAndNoScript() {
    other.load("key", "value");
    proxy.reset();
    resetStats();

    counted.leadRefresh("key");

    assertThat(proxy.roundTrips()).isEqualTo(1);
    assertThat(calls("evalsha") + calls("eval")).isZero();
  }

  @Test
  void lookingUpSeveralKeysThatAreThereIsOneRoundTripThatOnlyReads() {
    List<String> keys = keys(20);
    keys.forEach(key -> other.load(key, "value"));
    proxy.reset();
    resetStats();

    assertThat(counted.region.lookUpAll(keys, LONG)).allMatch(Lookup.Found.class::isInstance);

    assertThat(proxy.roundTrips()).isEqualTo(1);
    assertThat(calls("set") + calls("get") + calls("evalsha") + calls("eval")).isZero();
  }

  // Round trips are not counted here: what is longer than Jedis' buffer goes in two parts, and the
  // time may be answered between them.
  @Test
  void lookingUpAHundredKeysThatAreThereIsTwoCommands() {
    List<String> keys = keys(100);
    keys.forEach(key -> other.load(key, "value"));
    resetStats();

    assertThat(counted.region.lookUpAll(keys, LONG)).allMatch(Lookup.Found.class::isInstance);

    assertThat(calls("time")).isEqualTo(1);
    assertThat(calls("mget")).isEqualTo(1);
    assertThat(calls("pttl") + calls("get") + calls("set") + calls("hmget")).isZero();
  }

  @Test
  void lookingUpManyKeysReadsTheWindowsWithTheValuesButNotAllInOneCommand() {
    List<String> keys = keys(400);
    keys.forEach(key -> other.load(key, "value"));
    resetStats();

    assertThat(counted.region.lookUpAll(keys, LONG)).hasSize(400);

    assertThat(calls("mget")).isEqualTo(4);
    assertThat(calls("time")).isEqualTo(4);
    assertThat(calls("pttl") + calls("get") + calls("hmget")).isZero();
    counted.region.invalidateAll(keys);
  }

  @Test
  void lookingUpSeveralKeysOfWhichOneIsTakenIsOneRoundTripMore() {
    other.load("value", "value");
    Lease lease = other.lead("taken");
    proxy.reset();
    resetStats();

    List<Lookup> lookups = counted.region.lookUpAll(List.of("value", "taken"), LONG);

    assertThat(lookups.get(0)).isInstanceOf(Lookup.Found.class);
    assertThat(((Lookup.Taken) lookups.get(1)).token()).isEqualTo(lease.token());
    assertThat(proxy.roundTrips()).isEqualTo(2);
    assertThat(calls("pttl")).isEqualTo(1);
  }

  @Test
  void lookingUpSeveralKeysOfWhichSomeAreNotThereIsOneRoundTripMore() {
    other.load("value", "value");
    proxy.reset();
    resetStats();

    assertThat(counted.region.lookUpAll(List.of("value", "nothing", "none"), LONG))
        .extracting(Lookup::getClass)
        .containsExactly(Lookup.Found.class, Lookup.Granted.class, Lookup.Granted.class);

    assertThat(proxy.roundTrips()).isEqualTo(2);
    assertThat(calls("set")).isEqualTo(2);
  }

  @Test
  void theFirstGrantsInTheirPartitionsAfterAClearAreNotConfirmedIfAskedForTogether() {
    other.region.clear();
    proxy.reset();

    assertThat(counted.region.lookUpAll(List.of("key", "value", "none"), LONG))
        .allMatch(Lookup.Granted.class::isInstance);

    assertThat(proxy.roundTrips()).isEqualTo(2);
  }

  private static List<String> keys(int count) {
    return IntStream.range(0, count).mapToObj(i -> "key-" + i).toList();
  }

  @Test
  void invalidatingSeveralKeysIsOneRoundTrip() {
    counted.region.invalidateAll(List.of("a", "b", "c"));

    assertThat(proxy.roundTrips()).isEqualTo(1);
  }

  @Test
  void theFirstGrantInAPartitionAfterAClearIsOneRoundTripMore() {
    other.region.clear();
    proxy.reset();

    Lease lease = counted.lead("key");
    assertThat(proxy.roundTrips()).isEqualTo(2);

    counted.region.invalidate("key");
    proxy.reset();
    assertThat(counted.lead("key").stamp()).isGreaterThan(lease.stamp());
    assertThat(proxy.roundTrips()).isEqualTo(1);
  }

  private void resetStats() {
    try (Jedis admin = new Jedis(server.uri())) {
      admin.configResetStat();
    }
  }

  private int calls(String command) {
    try (Jedis admin = new Jedis(server.uri())) {
      Matcher matcher =
          Pattern.compile("cmdstat_" + command + ":calls=(\\d+)")
              .matcher(admin.info("commandstats"));
      return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }
  }
}
