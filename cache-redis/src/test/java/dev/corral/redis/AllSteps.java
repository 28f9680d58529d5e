package dev.corral.redis;

import static dev.corral.redis.Node.LONG;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.remote.Copy;
import dev.corral.remote.FailureBackoff;
import dev.corral.remote.Lease;
import dev.corral.remote.Lookup;
import dev.corral.remote.Publication;
import dev.corral.remote.PublishAnswer;
import dev.corral.remote.RemoteRegion;
import dev.corral.remote.StoredFailure;
import dev.corral.remote.TagMark;
import dev.corral.remote.VersionMark;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import redis.clients.jedis.UnifiedJedis;

/**
 * Takes every step that a region has, of two nodes, and fails if one of them does not do what it is
 * for: with the rights that a node needs, this ends.
 */
final class AllSteps {

  private static final FailureBackoff BACKOFF = new FailureBackoff(LONG, LONG, 1);
  private static final byte[] BYTES = "value".getBytes(UTF_8);

  private final String cache = "cache-" + UUID.randomUUID();
  private final RedisStore stores;
  private final RedisStore otherStores;
  private final RemoteRegion region;
  private final RemoteRegion other;
  private final Told told = new Told();

  private AllSteps(UnifiedJedis jedis, String namespace) {
    stores = RedisStore.builder(jedis).namespace(namespace).build();
    otherStores = RedisStore.builder(jedis).namespace(namespace).build();
    region = stores.open(cache, new Told());
    other = otherStores.open(cache, told);
  }

  /** Takes all steps. */
  static void take(UnifiedJedis jedis, String namespace) throws InterruptedException {
    AllSteps steps = new AllSteps(jedis, namespace);
    try {
      steps.listen();
      steps.loads();
      steps.refreshes();
      steps.failures();
      steps.writes();
      steps.invalidations();
      steps.clears();
      steps.closes();
    } finally {
      steps.stores.close();
      steps.otherStores.close();
    }
  }

  private void listen() throws InterruptedException {
    // Asked first, as this says at once if there is no right at all.
    assertThat(region.seqs()).hasSize(RemoteRegion.PARTITIONS);
    next(Told.Subscribed.class);
  }

  private <E extends Told.Event> void next(Class<E> kind) throws InterruptedException {
    told.next(kind, 3, SECONDS);
  }

  private Lease lead(String key) {
    return Node.granted(region.lookUp(key, LONG));
  }

  private PublishAnswer publish(Lease lease) {
    return region.publish(new Publication(lease, BYTES, LONG));
  }

  private void loads() throws InterruptedException {
    Lease lease = lead("a");
    Lookup.Taken taken = (Lookup.Taken) other.lookUp("a", LONG);
    assertThat(other.await("a", taken)).isPresent();
    assertThat(region.renew(lease, LONG)).isTrue();
    assertThat(region.renewAll(List.of(lease, lead("renewed")), LONG)).containsExactly(true, true);
    assertThat(publish(lease)).isEqualTo(PublishAnswer.STORED);
    next(Told.Ended.class);

    Lookup.Found found = (Lookup.Found) other.lookUp("a", LONG);
    assertThat(other.revalidate(List.of(new Copy("a", found.value().stamp()))).get(0)).isPresent();
    Lease replacing = Node.granted(region.replace("a", found.value().fillId(), LONG));
    region.release(replacing);
    assertThat(region.publishAll(List.of(new Publication(lead("a"), BYTES, LONG))))
        .containsExactly(PublishAnswer.STORED);
    assertThat(other.lookUpAll(List.of("a"), LONG).get(0)).isInstanceOf(Lookup.Found.class);

    Lease delivering = lead("b");
    other.await("b", (Lookup.Taken) other.lookUp("b", LONG));
    region.deliver(delivering, BYTES);
    next(Told.Ended.class);
  }

  private void refreshes() {
    assertThat(region.extend(leadRefresh("a"), LONG)).isTrue();
    assertThat(publish(leadRefresh("a"))).isEqualTo(PublishAnswer.STORED);
  }

  private Lease leadRefresh(String key) {
    return Node.granted(((Lookup.Refreshable) region.lookUpToRefresh(key, LONG)).right());
  }

  private void failures() {
    assertThat(region.fail(lead("c"), new StoredFailure(BYTES), BACKOFF)).contains(LONG);
    assertThat(region.lookUp("c", LONG)).isInstanceOf(Lookup.BackingOff.class);
  }

  private void writes() throws InterruptedException {
    region.put("d", BYTES, LONG);
    next(Told.Invalidated.class);
    assertThat(region.endWrite(region.beginWrite("d", LONG), BYTES, LONG)).isTrue();
    next(Told.Invalidated.class);
    next(Told.Invalidated.class);
    VersionMark mark = new VersionMark(7, Duration.ofMinutes(1));
    assertThat(region.endWrite(region.beginWrite("d", LONG), BYTES, LONG, mark)).isTrue();
    next(Told.Invalidated.class);
    next(Told.Invalidated.class);
  }

  private void invalidations() throws InterruptedException {
    region.invalidate("d", new VersionMark(8, Duration.ofMinutes(1)));
    next(Told.Invalidated.class);
    Publication old = new Publication(lead("d"), BYTES, LONG).guarded(OptionalLong.of(7));
    assertThat(region.publish(old)).isEqualTo(PublishAnswer.OUTDATED);
    region.invalidateAll(List.of("d", "e"));
    region.invalidateAll(Map.of("d", new VersionMark(9, LONG)));
    for (int i = 0; i < 3; i++) {
      next(Told.Invalidated.class);
    }
    long seq = region.invalidateTag("tag");
    next(Told.TagInvalidated.class);
    assertThat(region.hold(List.of(new TagMark("tag", seq)))).containsExactly(true);
    region.invalidateTag("tag");
    next(Told.TagInvalidated.class);
    assertThat(region.hold(List.of(new TagMark("tag", seq)))).containsExactly(false);
  }

  private void clears() throws InterruptedException {
    region.clear();
    next(Told.Cleared.class);
    // This node knows the floors from before: it has to have its lease confirmed.
    assertThat(other.lookUp("a", LONG)).isInstanceOf(Lookup.Granted.class);
    assertThat(other.lookUp("b", LONG)).isInstanceOf(Lookup.Granted.class);
    other.overtake(0, region.seqs()[0] + 1);
  }

  /** A region that is closed does not cut off the others of its store. */
  private void closes() throws InterruptedException {
    Told briefly = new Told();
    RemoteRegion closed = otherStores.open(cache + "-1", briefly);
    briefly.next(Told.Subscribed.class, 3, SECONDS);
    closed.close();
    Told later = new Told();
    otherStores.open(cache + "-2", later);
    later.next(Told.Subscribed.class, 3, SECONDS);
    region.invalidate("e");
    next(Told.Invalidated.class);
  }
}
