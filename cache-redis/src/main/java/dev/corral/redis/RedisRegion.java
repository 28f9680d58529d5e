package dev.corral.redis;

import dev.corral.remote.Copy;
import dev.corral.remote.FailureBackoff;
import dev.corral.remote.Id;
import dev.corral.remote.KeyState;
import dev.corral.remote.Lease;
import dev.corral.remote.LoadOutcome;
import dev.corral.remote.Lookup;
import dev.corral.remote.Publication;
import dev.corral.remote.PublishAnswer;
import dev.corral.remote.RemoteEvents;
import dev.corral.remote.RemoteRegion;
import dev.corral.remote.RemoteStoreException;
import dev.corral.remote.StoredFailure;
import dev.corral.remote.TagMark;
import dev.corral.remote.VersionMark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;

/**
 * A region in Redis: each step is one round trip, and no step but a look-up is without a script.
 */
final class RedisRegion implements RemoteRegion, Subscription.Listener {

  private static final Logger log = LoggerFactory.getLogger(RedisRegion.class);

  private final RedisStore store;
  private final UnifiedJedis jedis;
  private final RedisKeys keys;
  private final String cache;
  private final RemoteEvents events;
  private final Tokens tokens;
  private final RoundTrip roundTrip;
  private final Steps steps;
  private final Scripts scripts;
  private final Floors floors = new Floors();
  private final Orphans orphans;
  private final LookUps lookUps;

  RedisRegion(
      RedisStore store,
      UnifiedJedis jedis,
      RedisKeys keys,
      String cache,
      RemoteEvents events,
      Tokens tokens,
      Scripts scripts,
      RoundTrip roundTrip,
      Steps steps,
      Orphans orphans,
      Duration lookUpTimeout) {
    this.store = store;
    this.jedis = jedis;
    this.keys = keys;
    this.cache = cache;
    this.events = events;
    this.tokens = tokens;
    this.scripts = scripts;
    this.roundTrip = roundTrip;
    this.steps = steps;
    this.orphans = orphans;
    lookUps = new LookUps(roundTrip, keys, scripts, tokens, floors, orphans, lookUpTimeout);
  }

  @Override
  public Lookup lookUp(String key, Duration leaseTime) {
    long millis = millis("leaseTime", leaseTime);
    return step("lookUp", key, () -> lookUps.lookUp(key, millis));
  }

  @Override
  public List<Lookup> lookUpAll(List<String> all, Duration leaseTime) {
    long millis = millis("leaseTime", leaseTime);
    return step("lookUpAll", all, () -> lookUps.lookUpAll(all, millis));
  }

  @Override
  public Lookup lookUpToRefresh(String key, Duration leaseTime) {
    long millis = millis("leaseTime", leaseTime);
    return step("lookUpToRefresh", key, () -> lookUps.lookUpToRefresh(key, millis));
  }

  @Override
  public Lookup replace(String key, Id unusable, Duration leaseTime) {
    long millis = millis("leaseTime", leaseTime);
    return step("replace", key, () -> lookUps.replace(key, unusable, millis));
  }

  @Override
  public KeyState inspect(String key) {
    Inspection inspection = new Inspection(keys.of(key));
    return step(
        "inspect",
        key,
        () -> inspection.read(roundTrip.askAll(List.of(inspection.commands())).get(0)));
  }

  @Override
  public Optional<Duration> await(String key, Lookup.Taken taken) {
    ScriptCall call = scripts.await(keys.of(key), taken.token(), taken.refresh());
    return step("await", key, () -> millis(roundTrip.call(call)));
  }

  @Override
  public PublishAnswer publish(Publication publication) {
    ScriptCall call = scripts.publish(publication);
    return ending(
        List.of(publication.lease()),
        () ->
            step("publish", publication.lease().key(), () -> publishAnswer(roundTrip.call(call))));
  }

  @Override
  public List<PublishAnswer> publishAll(List<Publication> publications) {
    List<ScriptCall> calls = publications.stream().map(scripts::publish).toList();
    List<Lease> leases = publications.stream().map(Publication::lease).toList();
    return ending(
        leases,
        () ->
            step(
                "publishAll",
                leases.stream().map(Lease::key).toList(),
                () -> roundTrip.callAll(calls).stream().map(RedisRegion::publishAnswer).toList()));
  }

  @Override
  public boolean extend(Lease lease, Duration life) {
    if (lease.replaces() == null) {
      throw new IllegalArgumentException("lease must replace a value: " + lease);
    }
    ScriptCall call = scripts.extend(lease, millis("life", life));
    return ending(
        List.of(lease), () -> step("extend", lease.key(), () -> isDone(roundTrip.call(call))));
  }

  @Override
  public void deliver(Lease lease, byte[] bytes) {
    ScriptCall call = scripts.deliver(lease, bytes);
    ending(List.of(lease), () -> step("deliver", lease.key(), () -> isDone(roundTrip.call(call))));
  }

  @Override
  public Optional<Duration> fail(Lease lease, StoredFailure failure, FailureBackoff backoff) {
    ScriptCall call = scripts.fail(lease, failure, backoff);
    return ending(
        List.of(lease), () -> step("fail", lease.key(), () -> millis(roundTrip.call(call))));
  }

  @Override
  public boolean renew(Lease lease, Duration leaseTime) {
    ScriptCall call = scripts.renew(lease, millis("leaseTime", leaseTime));
    return step("renew", lease.key(), () -> isDone(roundTrip.call(call)));
  }

  @Override
  public List<Boolean> renewAll(List<Lease> leases, Duration leaseTime) {
    long millis = millis("leaseTime", leaseTime);
    List<ScriptCall> calls = leases.stream().map(lease -> scripts.renew(lease, millis)).toList();
    return step(
        "renewAll",
        leases.stream().map(Lease::key).toList(),
        () -> roundTrip.callAll(calls).stream().map(RedisRegion::isDone).toList());
  }

  @Override
  public void release(Lease lease) {
    ScriptCall call = scripts.release(lease);
    ending(List.of(lease), () -> step("release", lease.key(), () -> isDone(roundTrip.call(call))));
  }

  /** Takes a step that ends leases; if it does not arrive, they are ended later. */
  private <T> T ending(List<Lease> leases, Supplier<T> step) {
    boolean ended = false;
    try {
      T answer = step.get();
      ended = true;
      return answer;
    } finally {
      if (!ended) {
        leases.forEach(lease -> orphans.add(scripts.releases(keys.of(lease.key()), lease.token())));
      }
    }
  }

  @Override
  public void put(String key, byte[] bytes, Duration life) {
    ScriptCall call = scripts.put(key, bytes, millis("life", life));
    step("put", key, () -> roundTrip.call(call) != null);
  }

  @Override
  public Lease beginWrite(String key, Duration leaseTime) {
    Id token = tokens.next();
    ScriptCall call = scripts.beginWrite(key, token, millis("leaseTime", leaseTime));
    return step(
        "beginWrite", key, () -> Lease.toWrite(key, token, Window.stamp(roundTrip.call(call))));
  }

  @Override
  public boolean endWrite(Lease lease, byte[] bytes, Duration life) {
    return endWrite(lease, scripts.endWrite(lease, bytes, millis("life", life), null));
  }

  @Override
  public boolean endWrite(Lease lease, byte[] bytes, Duration life, VersionMark mark) {
    return endWrite(lease, scripts.endWrite(lease, bytes, millis("life", life), mark));
  }

  private boolean endWrite(Lease lease, ScriptCall call) {
    return step("endWrite", lease.key(), () -> isDone(roundTrip.call(call)));
  }

  @Override
  public void invalidate(String key) {
    invalidate(key, scripts.invalidate(key, null));
  }

  @Override
  public void invalidate(String key, VersionMark mark) {
    invalidate(key, scripts.invalidate(key, mark));
  }

  private void invalidate(String key, ScriptCall call) {
    step("invalidate", key, () -> roundTrip.call(call) != null);
  }

  @Override
  public void invalidateAll(List<String> all) {
    List<ScriptCall> calls = all.stream().map(key -> scripts.invalidate(key, null)).toList();
    step("invalidateAll", all, () -> roundTrip.callAll(calls));
  }

  @Override
  public void invalidateAll(Map<String, VersionMark> marks) {
    List<ScriptCall> calls = new ArrayList<>(marks.size());
    marks.forEach((key, mark) -> calls.add(scripts.invalidate(key, mark)));
    step("invalidateAll", List.copyOf(marks.keySet()), () -> roundTrip.callAll(calls));
  }

  @Override
  public long invalidateTag(String tag) {
    ScriptCall call = scripts.invalidateTag(tag);
    return step("invalidateTag", tag, () -> Window.stamp(roundTrip.call(call)));
  }

  @Override
  public List<Boolean> hold(List<TagMark> marks) {
    List<TagQuestion> questions = marks.stream().map(mark -> new TagQuestion(mark, keys)).toList();
    return step(
        "ask for the tags of",
        marks.stream().map(TagMark::tag).toList(),
        () -> {
          List<List<@Nullable Object>> replies =
              roundTrip.askAll(questions.stream().map(TagQuestion::commands).toList());
          List<Boolean> answers = new ArrayList<>(marks.size());
          for (int i = 0; i < questions.size(); i++) {
            answers.add(questions.get(i).holds(replies.get(i)));
          }
          return answers;
        });
  }

  @Override
  public void clear() {
    step(
        "clear",
        "*",
        () -> {
          List<byte[]> seqs =
              inAllPartitions(scripts::clear).stream().map(byte[].class::cast).toList();
          // Not in the same pipeline: who hears of the clear must not find what it makes void.
          return jedis.publish(keys.channel(), InvalidationMessage.ofAll(tokens.nodeHex(), seqs));
        });
  }

  @Override
  public List<Optional<Duration>> revalidate(List<Copy> copies) {
    List<Recheck> rechecks =
        copies.stream().map(copy -> new Recheck(keys.of(copy.key()), copy.stamp())).toList();
    return step(
        "revalidate",
        copies.stream().map(Copy::key).toList(),
        () -> {
          List<List<@Nullable Object>> replies =
              roundTrip.askAll(rechecks.stream().map(Recheck::commands).toList());
          List<Optional<Duration>> answers = new ArrayList<>(copies.size());
          for (int i = 0; i < rechecks.size(); i++) {
            answers.add(rechecks.get(i).left(replies.get(i)));
          }
          return answers;
        });
  }

  @Override
  public long[] seqs() {
    return step("read the seqs of", "*", () -> roundTrip.seqs(keys));
  }

  @Override
  public void overtake(int partition, long seq) {
    ScriptCall call = scripts.overtake(partition, seq);
    step("overtake", "*", () -> isDone(roundTrip.call(call)));
  }

  @Override
  public void close() {
    store.close(this);
  }

  /** Called by the subscription for each message of the region's channel. */
  @Override
  public void received(byte[] message) {
    InvalidationMessage invalid = InvalidationMessage.read(message);
    if (invalid == null) {
      store.countMalformed();
      return;
    }
    boolean own = invalid.sender() == tokens.node();
    if (invalid instanceof InvalidationMessage.OfKey one) {
      events.invalidated(one.key(), one.partition(), one.seq(), own);
    } else if (invalid instanceof InvalidationMessage.OfTag one) {
      events.tagInvalidated(one.tag(), one.partition(), one.seq(), own);
    } else {
      events.cleared(((InvalidationMessage.OfAll) invalid).seqs(), own);
    }
  }

  @Override
  public void subscribed() {
    openPartitions();
    events.subscribed();
  }

  @Override
  public void unsubscribed() {
    events.unsubscribed();
  }

  void ended(String key, LoadOutcome outcome) {
    events.ended(key, outcome);
  }

  String cache() {
    return cache;
  }

  RemoteEvents events() {
    return events;
  }

  byte[] channel() {
    return keys.channel();
  }

  /** Gives every partition a history, so that look-ups need not, and learns the floors. */
  private void openPartitions() {
    try {
      List<@Nullable Object> windows = step("open", "*", () -> inAllPartitions(scripts::open));
      for (int i = 0; i < windows.size(); i++) {
        Window window = Window.read(windows.get(i));
        if (window != null) {
          floors.note(i, window);
        }
      }
    } catch (RemoteStoreException e) {
      // Only costs the first look-up in each partition a round trip more.
      log.debug("Cannot open the partitions of {}", keys, e);
    }
  }

  private List<@Nullable Object> inAllPartitions(IntFunction<ScriptCall> call) {
    return roundTrip.callAll(IntStream.range(0, PARTITIONS).mapToObj(call).toList());
  }

  private static boolean isDone(@Nullable Object reply) {
    return reply instanceof Long done && done == 1;
  }

  private static PublishAnswer publishAnswer(@Nullable Object reply) {
    if (reply instanceof Long outdated && outdated == 2) {
      return PublishAnswer.OUTDATED;
    }
    return isDone(reply) ? PublishAnswer.STORED : PublishAnswer.LEASE_LOST;
  }

  private static Optional<Duration> millis(@Nullable Object reply) {
    return reply instanceof Long millis
        ? Optional.of(Duration.ofMillis(Math.max(0, Math.min(millis, Held.LONGEST_MILLIS))))
        : Optional.empty();
  }

  private static long millis(String name, Duration duration) {
    long millis = duration.toMillis();
    if (millis < 1) {
      throw new IllegalArgumentException(name + " must be at least 1 ms: " + duration);
    }
    return millis;
  }

  private <T> T step(String name, List<String> all, Supplier<T> action) {
    return steps.take(Step.of(name, all, keys), action);
  }

  private <T> T step(String name, String key, Supplier<T> action) {
    return steps.take(Step.of(name, key, keys), action);
  }
}
