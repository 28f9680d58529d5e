package dev.corral.redis;

import static dev.corral.redis.Node.LONG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.remote.Lease;
import dev.corral.remote.LoadOutcome;
import dev.corral.remote.Lookup;
import dev.corral.servers.RedisServer;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** How those who wait learn of the outcome. */
@SuppressWarnings("NullAway.Init") // set up before each test
class OutcomeTest {

  private static final int INLINE_LIMIT = 100;
  private static final int HEADER = 33;

  private final String cache = Node.newCache();
  private RedisClient jedis;
  private Node holder;
  private Node waiter;

  @BeforeEach
  void open() throws Exception {
    jedis = RedisClient.create(RedisServer.shared().uri());
    holder = Node.listening(jedis, cache, INLINE_LIMIT);
    waiter = Node.listening(jedis, cache, INLINE_LIMIT);
  }

  @AfterEach
  void close() {
    holder.close();
    waiter.close();
    jedis.close();
  }

  @Test
  void aValueUpToTheInlineLimitIsSentAlong() throws Exception {
    LoadOutcome outcome = outcomeOf("v".repeat(INLINE_LIMIT));

    assertThat(((LoadOutcome.Published) outcome).value().bytes()).hasSize(INLINE_LIMIT);
  }

  @Test
  void aLargerValueIsToBeLookedUp() throws Exception {
    LoadOutcome outcome = outcomeOf("v".repeat(INLINE_LIMIT + 1));

    assertThat(outcome).isInstanceOf(LoadOutcome.LookAgain.class);
    assertThat(waiter.find("key")).hasSize(INLINE_LIMIT + 1);
  }

  @Test
  void aDeliveredValueIsSentAlongHoweverLargeSinceItCannotBeLookedUp() throws Exception {
    Lease lease = holder.lead("key");
    waiter.region.await("key", waiter.taken("key"));

    holder.region.deliver(lease, new byte[10 * INLINE_LIMIT]);

    LoadOutcome outcome = waiter.told.next(Told.Ended.class).outcome();
    assertThat(((LoadOutcome.Delivered) outcome).value().bytes()).hasSize(10 * INLINE_LIMIT);
  }

  @Test
  void aRegistrationIsKeptInTheLeaseOnceANode() {
    holder.lead("key");
    Lookup.Taken taken = waiter.taken("key");
    waiter.region.await("key", taken);
    waiter.region.await("key", taken);
    holder.region.await("key", taken);

    assertThat(jedis.get(holder.keys.of("key").entry)).hasSize(HEADER + 2 * Long.BYTES);
  }

  @Test
  void aReplacedLeaseTellsThoseWhoWaitedForItToLookAgain() throws Exception {
    Lease lease = holder.lead("key");
    waiter.region.await("key", waiter.taken("key"));
    holder.region.clear();
    waiter.told.next(Told.Cleared.class);

    holder.lead("key");

    assertThat(waiter.told.next(Told.Ended.class).outcome())
        .isEqualTo(new LoadOutcome.LookAgain(lease.token()));
  }

  // With a look-up and a registration that do not compare the token, a waiter that comes between
  // the publish and the end of the lease registers for nothing and sleeps until its deadline.
  @Test
  void whoRegistersWhileThePublishIsUnderWayIsToldOrFindsTheLeaseGone() throws Exception {
    for (int i = 0; i < 200; i++) {
      String key = "key-" + i;
      Lease lease = holder.lead(key);
      Lookup.Taken taken = waiter.taken(key);

      var registered =
          Together.<Optional<?>>run(
              () -> waiter.region.await(key, taken),
              () -> Optional.of(holder.publish(lease, "value")));

      if (registered.get(0).isPresent()) {
        assertThat(waiter.told.next(Told.Ended.class).key()).isEqualTo(key);
      } else {
        assertThat(waiter.find(key)).isEqualTo("value");
      }
    }
  }

  // A publish that only asks whether the key is free, or that trusts a comparison of stamps made
  // by the client, stores the value that the invalidation was meant to remove.
  @Test
  void aPublishAtTheTimeOfAnInvalidationNeverOutlivesIt() throws Exception {
    for (int i = 0; i < 200; i++) {
      String key = "key-" + i;
      Lease lease = holder.lead(key);

      Together.run(
          () -> holder.publish(lease, "from before"),
          () -> {
            waiter.region.invalidate(key);
            return true;
          });

      assertThat(holder.publish(lease, "from before")).isFalse();
      assertThat(waiter.region.lookUp(key, LONG)).isInstanceOf(Lookup.Granted.class);
    }
  }

  // With a put that leaves the right standing and a publish that asks for the right alone, the
  // refresh would overwrite what was put.
  @Test
  void aRefreshAtTheTimeOfAPutNeverOutlivesIt() throws Exception {
    for (int i = 0; i < 200; i++) {
      String key = "key-" + i;
      holder.load(key, "old");
      Lease right = holder.leadRefresh(key);

      Together.run(
          () -> holder.publish(right, "refreshed"),
          () -> {
            waiter.region.put(key, new byte[] {'p'}, LONG);
            return true;
          });

      assertThat(holder.find(key)).isEqualTo("p");
    }
  }

  private LoadOutcome outcomeOf(String value) throws InterruptedException {
    Lease lease = holder.lead("key");
    waiter.region.await("key", waiter.taken("key"));
    holder.publish(lease, value);
    return waiter.told.next(Told.Ended.class).outcome();
  }
}
