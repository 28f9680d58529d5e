package dev.corral.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.corral.remote.Lookup;
import dev.corral.remote.Publication;
import dev.corral.remote.RemoteRegion;
import dev.corral.remote.RemoteStoreException;
import dev.corral.servers.RedisServer;
import dev.corral.servers.faults.Connections;
import dev.corral.servers.faults.Direction;
import dev.corral.servers.faults.FaultProxy;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/** Redis holds leases for a day that nobody is at work for, since an answer or an end was lost. */
class OrphanedLeaseTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration DAY = Duration.ofDays(1);

  private static final int WINDOW = "$48..".length() + 3 * Bytes.NUMBER + "..".length();

  /**
   * The time, two values that are not there, two windows of three numbers. Of the microseconds, the
   * zeros in front are left out: then some more bytes of the next reply come.
   */
  private static final int REPLY_TO_READING_TWO =
      "*2..$10..1800000000..$6..123456..".length()
          + "*4..".length()
          + 2 * "$-1..".length()
          + 2 * WINDOW;

  /**
   * Of one key that nothing is left of it and nothing was there, that nobody refreshes it, and its
   * window; of another one that nothing is left of it. Next comes what tells of its lease, which
   * has been asked for by then.
   */
  private static final int REPLY_UP_TO_THE_SECOND_LEASE =
      ":-2..$-1..*2..$-1..".length() + WINDOW + ":-2..".length();

  private final FaultProxy proxy = FaultProxy.before(RedisServer.shared());
  private final String cache = Node.newCache();
  private final UnifiedJedis jedis =
      RedisClient.builder()
          .hostAndPort(proxy.host(), proxy.port())
          .clientConfig(
              DefaultJedisClientConfig.builder()
                  .connectionTimeoutMillis(300)
                  .socketTimeoutMillis(300)
                  .build())
          .build();
  private final RedisStore store = RedisStore.builder(jedis).namespace(Node.NAMESPACE).build();
  private final Told told = new Told();
  private final RemoteRegion region = store.open(cache, told);
  private final UnifiedJedis otherJedis = RedisClient.create(RedisServer.shared().uri());
  private final RedisStore otherStore =
      RedisStore.builder(otherJedis).namespace(Node.NAMESPACE).build();
  private final RemoteRegion other = otherStore.open(cache, new Told());

  /**
   * A connection that stands already takes commands, whatever becomes of the replies; and Redis
   * knows the scripts, so that nothing has to be sent twice.
   */
  @BeforeEach
  void connect() throws InterruptedException {
    var unused = told.next(Told.Subscribed.class);
    Lookup.Granted granted = (Lookup.Granted) region.lookUp("another", DAY);
    region.publish(new Publication(granted.lease(), new byte[] {1}, DAY));
  }

  @AfterEach
  void close() {
    proxy.heal();
    store.close();
    otherStore.close();
    jedis.close();
    otherJedis.close();
    proxy.close();
  }

  private void assertGivenBack(Function<RemoteRegion, Object> lost) {
    proxy.swallow(Connections.ALL, Direction.TO_CLIENT);
    assertThatThrownBy(() -> lost.apply(region)).isInstanceOf(RemoteStoreException.class);
    assertThat(other.lookUp("key", DAY)).isInstanceOf(Lookup.Taken.class);

    proxy.heal();

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(other.lookUp("key", DAY)).isInstanceOf(Lookup.Granted.class));
  }

  @Test
  void theLeaseOfALookUpWhoseAnswerIsLostIsGivenBack() {
    assertGivenBack(of -> of.lookUp("key", DAY));
  }

  @Test
  void thoseOfALookUpOfManyAreGivenBack() {
    // Many are read first, which takes no lease: it is the second answer that has to be lost.
    proxy.cutAfter(Connections.OTHERS, REPLY_TO_READING_TWO + REPLY_UP_TO_THE_SECOND_LEASE);
    long before = proxy.commands("SET");

    assertThatThrownBy(() -> region.lookUpAll(List.of("key", "other"), DAY))
        .isInstanceOf(RemoteStoreException.class);

    assertThat(proxy.isCutPending()).isFalse();
    assertThat(proxy.commands("SET") - before).as("leases asked for").isEqualTo(2);
    for (String key : List.of("key", "other")) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(other.lookUp(key, DAY)).isInstanceOf(Lookup.Granted.class));
    }
  }

  @Test
  void theLeaseOfALookUpToRefreshIsGivenBack() {
    assertGivenBack(of -> of.lookUpToRefresh("key", DAY));
  }

  @Test
  void theRightToRefreshIsGivenBack() {
    other.put("key", new byte[] {1}, DAY);
    proxy.swallow(Connections.ALL, Direction.TO_CLIENT);
    assertThatThrownBy(() -> region.lookUpToRefresh("key", DAY))
        .isInstanceOf(RemoteStoreException.class);
    assertThat(right()).isInstanceOf(Lookup.Taken.class);

    proxy.heal();

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(right()).isInstanceOf(Lookup.Granted.class));
  }

  private Lookup right() {
    return ((Lookup.Refreshable) other.lookUpToRefresh("key", DAY)).right();
  }

  @Test
  void theLeaseOfALoadWhoseEndDoesNotArriveIsGivenBack() {
    Lookup.Granted granted = (Lookup.Granted) region.lookUp("key", DAY);
    proxy.swallow(Connections.ALL, Direction.TO_SERVER);
    assertThatThrownBy(() -> region.publish(new Publication(granted.lease(), new byte[] {1}, DAY)))
        .isInstanceOf(RemoteStoreException.class);
    assertThat(other.lookUp("key", DAY)).isInstanceOf(Lookup.Taken.class);

    proxy.heal();

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(other.lookUp("key", DAY)).isInstanceOf(Lookup.Granted.class));
  }

  @Test
  void aPublishThatArrivedIsLeftAlone() {
    Lookup.Granted granted = (Lookup.Granted) region.lookUp("key", DAY);
    proxy.swallow(Connections.ALL, Direction.TO_CLIENT);
    assertThatThrownBy(() -> region.publish(new Publication(granted.lease(), new byte[] {1}, DAY)))
        .isInstanceOf(RemoteStoreException.class);
    long commands = proxy.commands("EVALSHA") + proxy.commands("EVAL");

    proxy.heal();

    // Released twice, each time in both places, one command each at least.
    await()
        .atMost(PATIENCE)
        .until(() -> proxy.commands("EVALSHA") + proxy.commands("EVAL") >= commands + 4);
    assertThat(other.lookUp("key", DAY)).isInstanceOf(Lookup.Found.class);
  }
}
