package dev.corral.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.remote.Lease;
import dev.corral.remote.Lookup;
import dev.corral.remote.Publication;
import dev.corral.remote.PublishAnswer;
import dev.corral.remote.RemoteRegion;
import dev.corral.remote.StoredValue;
import java.time.Duration;
import java.util.UUID;
import redis.clients.jedis.UnifiedJedis;

/** One node of a test: a store, its one region, and what that was told. */
final class Node implements AutoCloseable {

  /** A lease or life during which no test ends. */
  static final Duration LONG = Duration.ofMinutes(5);

  static final String NAMESPACE = "test";

  final RedisStore store;
  final RemoteRegion region;
  final Told told = new Told();
  final RedisKeys keys;

  private Node(UnifiedJedis jedis, String cache, int inlineLimit) {
    store = RedisStore.builder(jedis).namespace(NAMESPACE).inlineLimit(inlineLimit).build();
    region = store.open(cache, told);
    keys = new RedisKeys(NAMESPACE, cache);
  }

  /** Returns a node that listens. */
  static Node listening(UnifiedJedis jedis, String cache) throws InterruptedException {
    return listening(jedis, cache, 8192);
  }

  static Node listening(UnifiedJedis jedis, String cache, int inlineLimit)
      throws InterruptedException {
    Node node = new Node(jedis, cache, inlineLimit);
    node.told.next(Told.Subscribed.class);
    return node;
  }

  /** Returns a node that may not listen yet. */
  static Node of(UnifiedJedis jedis, String cache) {
    return new Node(jedis, cache, 8192);
  }

  static String newCache() {
    return "cache-" + UUID.randomUUID();
  }

  Lease lead(String key) {
    return lead(key, LONG);
  }

  Lease lead(String key, Duration leaseTime) {
    return granted(region.lookUp(key, leaseTime));
  }

  Lease leadRefresh(String key) {
    Lookup answer = region.lookUpToRefresh(key, LONG);
    assertThat(answer).isInstanceOf(Lookup.Refreshable.class);
    return granted(((Lookup.Refreshable) answer).right());
  }

  Lookup.Taken taken(String key) {
    Lookup answer = region.lookUp(key, LONG);
    assertThat(answer).isInstanceOf(Lookup.Taken.class);
    return (Lookup.Taken) answer;
  }

  boolean publish(Lease lease, String value) {
    return region.publish(new Publication(lease, value.getBytes(UTF_8), LONG))
        == PublishAnswer.STORED;
  }

  Lease load(String key, String value) {
    Lease lease = lead(key);
    assertThat(publish(lease, value)).isTrue();
    return lease;
  }

  String find(String key) {
    Lookup answer = region.lookUp(key, LONG);
    assertThat(answer).isInstanceOf(Lookup.Found.class);
    return text(((Lookup.Found) answer).value());
  }

  static Lease granted(Lookup answer) {
    assertThat(answer).isInstanceOf(Lookup.Granted.class);
    return ((Lookup.Granted) answer).lease();
  }

  static String text(StoredValue value) {
    return new String(value.bytes(), UTF_8);
  }

  @Override
  public void close() {
    store.close();
  }
}
