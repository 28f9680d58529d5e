package dev.corral.redis;

import static dev.corral.redis.Node.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.corral.remote.Lease;
import dev.corral.remote.LoadOutcome;
import dev.corral.remote.Lookup;
import dev.corral.remote.RemoteStoreException;
import dev.corral.remote.VersionMark;
import dev.corral.servers.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;

/** A server that is full, a replica, or short of replicas still serves what it has. */
@SuppressWarnings("NullAway.Init") // set up before each test
class RefusedWritesTest {

  /** Why a server takes no writes. */
  enum Reason {
    OUT_OF_MEMORY {
      @Override
      void apply(Jedis admin) {
        admin.configSet("maxmemory", "1");
      }
    },
    TOO_FEW_REPLICAS {
      @Override
      void apply(Jedis admin) {
        admin.configSet("min-replicas-to-write", "1");
      }
    },
    READ_ONLY {
      @Override
      void apply(Jedis admin) {
        // Of a master that is not there, so that it keeps what it has.
        admin.replicaof("127.0.0.1", 1);
      }
    };

    abstract void apply(Jedis admin);
  }

  private static final Duration ONE_MINUTE = Duration.ofMinutes(1);

  private RedisServer server;
  private Jedis admin;
  private RedisClient jedis;
  private Node node;

  @BeforeEach
  void start() throws Exception {
    server = RedisServer.start();
    assumeTrue(server.controllable(), "the server is not ours to reconfigure");
    admin = new Jedis(server.uri());
    jedis = RedisClient.create(server.uri());
    node = Node.listening(jedis, "cache");
  }

  @AfterEach
  void stop() {
    node.close();
    jedis.close();
    admin.close();
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void aValueIsStillFoundAndWhatIsMissingIsUnleased(Reason reason) {
    node.load("key", "value");
    Lease lease = node.lead("loading");
    reason.apply(admin);

    assertThat(node.find("key")).isEqualTo("value");
    assertThat(node.region.lookUp("nothing", LONG)).isInstanceOf(Lookup.Unleased.class);
    assertThat(node.taken("loading").token()).isEqualTo(lease.token());
    List<Lookup> answers = node.region.lookUpAll(List.of("nothing", "key"), LONG);
    assertThat(answers.get(0)).isInstanceOf(Lookup.Unleased.class);
    assertThat(answers.get(1)).isInstanceOf(Lookup.Found.class);
  }

  @ParameterizedTest
  @EnumSource
  void aValueIsStillFoundByWhoCannotRefreshIt(Reason reason) {
    node.load("key", "value");
    reason.apply(admin);

    Lookup.Refreshable answer = (Lookup.Refreshable) node.region.lookUpToRefresh("key", LONG);

    assertThat(Node.text(answer.value())).isEqualTo("value");
    assertThat(answer.right()).isInstanceOf(Lookup.Unleased.class);
  }

  @ParameterizedTest
  @EnumSource
  void whatCannotBeUsedIsNotReplaced(Reason reason) {
    Lease lease = node.load("key", "value");
    jedis.set(node.keys.of("foreign").entry, new byte[] {1, 2, 3});
    node.load("void", "value");
    node.region.clear();
    jedis.del(node.keys.of("void").partitionKey);
    reason.apply(admin);

    assertThat(node.region.replace("key", lease.token(), LONG)).isInstanceOf(Lookup.Unleased.class);
    assertThat(node.region.lookUp("foreign", LONG)).isInstanceOf(Lookup.Unleased.class);
    assertThat(node.region.lookUp("void", LONG)).isInstanceOf(Lookup.Unleased.class);
  }

  @ParameterizedTest
  @EnumSource
  void aPublishThrowsAndStoresNothing(Reason reason) {
    Lease lease = node.lead("key");
    reason.apply(admin);

    assertThatExceptionOfType(RemoteStoreException.class)
        .isThrownBy(() -> node.publish(lease, "value"))
        .withMessageContaining("publish key of test/cache");
  }

  @Test
  void outOfMemoryKeysCanStillBeInvalidatedAndCleared() throws Exception {
    node.load("key", "value");
    node.load("other", "value");
    admin.configSet("maxmemory", "1");

    node.region.invalidate("key");
    assertThat(node.told.next(Told.Invalidated.class).key()).isEqualTo("key");
    assertThat(node.region.lookUp("key", LONG)).isInstanceOf(Lookup.Unleased.class);

    node.region.clear();
    node.told.next(Told.Cleared.class);
    assertThat(node.region.lookUp("other", LONG)).isInstanceOf(Lookup.Unleased.class);
  }

  @Test
  void outOfMemoryAnInvalidationStillLeavesItsMark() throws Exception {
    admin.configSet("maxmemory", "1");

    node.region.invalidate("key", new VersionMark(5, LONG));

    assertThat(node.told.next(Told.Invalidated.class).key()).isEqualTo("key");
    assertThat(jedis.exists(node.keys.of("key").mark())).isTrue();
  }

  @Test
  void outOfMemoryAKeyCanStillBeWrittenAround() throws Exception {
    node.load("key", "value");
    admin.configSet("maxmemory", "1");

    Lease write = node.region.beginWrite("key", LONG);
    assertThat(node.told.next(Told.Invalidated.class).key()).isEqualTo("key");
    assertThat(node.region.renew(write, LONG)).isTrue();
    node.region.invalidate("key");

    assertThat(node.told.next(Told.Invalidated.class).key()).isEqualTo("key");
    assertThat(node.region.lookUp("key", LONG)).isInstanceOf(Lookup.Unleased.class);
  }

  @Test
  void outOfMemoryAWriteStillCutsTheLifeAndTheEnd() {
    node.load("key", "value");
    admin.configSet("maxmemory", "1");

    node.region.beginWrite("key", ONE_MINUTE);

    assertEndsWithin("key", ONE_MINUTE);
  }

  // A script may go on once it has written what it may: without that, the value would be left with
  // the life of one and the end of the other.
  @Test
  void outOfMemoryAValueIsStillExtendedWithItsEnd() {
    node.load("shorter", "value");
    Lease shorter = node.leadRefresh("shorter");
    node.region.put("longer", new byte[] {1}, ONE_MINUTE);
    Lease longer = node.leadRefresh("longer");
    admin.configSet("maxmemory", "1");

    assertThat(node.region.extend(shorter, ONE_MINUTE)).isTrue();
    assertThat(node.region.extend(longer, LONG)).isTrue();

    assertEndsWithin("shorter", ONE_MINUTE);
    assertThat(assertEndsWithin("longer", LONG)).isGreaterThan(ONE_MINUTE.toMillis());
  }

  /** Returns what a batch is told to be left of a value, which is no more than its key has left. */
  private long assertEndsWithin(String key, Duration life) {
    byte[] entry = node.keys.of(key).entry;
    long end = Objects.requireNonNull(Frame.read(jedis.get(entry))).end();
    assertThat(end).isLessThanOrEqualTo(jedis.pexpireTime(entry));
    Lookup.Found found = (Lookup.Found) node.region.lookUpAll(List.of(key), LONG).get(0);
    assertThat(found.value().leftMillis()).isBetween(1L, life.toMillis());
    return found.value().leftMillis();
  }

  @Test
  void outOfMemoryAValueIsStillDeliveredToThoseWhoWait() throws Exception {
    Lease lease = node.lead("key");
    node.region.await("key", node.taken("key"));
    admin.configSet("maxmemory", "1");

    node.region.deliver(lease, new byte[] {7});

    LoadOutcome outcome = node.told.next(Told.Ended.class).outcome();
    assertThat(((LoadOutcome.Delivered) outcome).value().bytes()).containsExactly(7);
  }

  @Test
  void outOfMemoryWhoCannotRegisterStillLearnsWhatIsLeftOfTheLease() {
    node.lead("key");
    Lookup.Taken taken = node.taken("key");
    admin.configSet("maxmemory", "1");

    assertThat(node.region.await("key", taken)).isPresent();
  }
}
