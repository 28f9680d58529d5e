package dev.corral.remote;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** One node's view of a region: each method is one step on the server. */
final class InMemoryRemoteRegion implements RemoteRegion {

  private final InMemoryRemoteServer server;
  private final SharedRegion shared;
  private final Inbox inbox;
  private final RemoteEvents events;
  private final Reachability reachability;
  private final Supplier<Id> ids;

  InMemoryRemoteRegion(
      InMemoryRemoteServer server,
      SharedRegion shared,
      Inbox inbox,
      RemoteEvents events,
      Reachability reachability,
      Supplier<Id> ids) {
    this.server = server;
    this.shared = shared;
    this.inbox = inbox;
    this.events = events;
    this.reachability = reachability;
    this.ids = ids;
  }

  @Override
  public Lookup lookUp(String key, Duration leaseTime) {
    long lease = millis("leaseTime", leaseTime);
    return step(RemoteStep.LOOK_UP, () -> shared.lookUp(key, ids.get(), lease));
  }

  @Override
  public List<Lookup> lookUpAll(List<String> keys, Duration leaseTime) {
    long lease = millis("leaseTime", leaseTime);
    return step(
        RemoteStep.LOOK_UP_ALL,
        () -> {
          List<Lookup> answers = new ArrayList<>(keys.size());
          for (String key : keys) {
            answers.add(shared.lookUp(key, ids.get(), lease));
          }
          return answers;
        });
  }

  @Override
  public Lookup lookUpToRefresh(String key, Duration leaseTime) {
    long lease = millis("leaseTime", leaseTime);
    return step(RemoteStep.LOOK_UP_TO_REFRESH, () -> shared.lookUpToRefresh(key, ids.get(), lease));
  }

  @Override
  public Lookup replace(String key, Id unusable, Duration leaseTime) {
    long lease = millis("leaseTime", leaseTime);
    return step(RemoteStep.REPLACE, () -> shared.replace(key, unusable, ids.get(), lease));
  }

  @Override
  public Optional<Duration> await(String key, Lookup.Taken taken) {
    return step(RemoteStep.AWAIT, () -> shared.await(key, taken.token(), inbox));
  }

  @Override
  public PublishAnswer publish(Publication publication) {
    return step(RemoteStep.PUBLISH, () -> shared.publish(publication));
  }

  @Override
  public List<PublishAnswer> publishAll(List<Publication> publications) {
    return step(RemoteStep.PUBLISH_ALL, () -> publications.stream().map(shared::publish).toList());
  }

  @Override
  public boolean extend(Lease lease, Duration life) {
    if (lease.replaces() == null) {
      throw new IllegalArgumentException("lease must replace a value: " + lease);
    }
    long lifeMillis = millis("life", life);
    return step(RemoteStep.EXTEND, () -> shared.extend(lease, lifeMillis));
  }

  @Override
  public void deliver(Lease lease, byte[] bytes) {
    run(RemoteStep.DELIVER, () -> shared.deliver(lease, bytes));
  }

  @Override
  public Optional<Duration> fail(Lease lease, StoredFailure failure, FailureBackoff backoff) {
    return step(RemoteStep.FAIL, () -> shared.fail(lease, failure, backoff));
  }

  @Override
  public boolean renew(Lease lease, Duration leaseTime) {
    long leaseMillis = millis("leaseTime", leaseTime);
    return step(RemoteStep.RENEW, () -> shared.renew(lease, leaseMillis));
  }

  @Override
  public List<Boolean> renewAll(List<Lease> leases, Duration leaseTime) {
    long leaseMillis = millis("leaseTime", leaseTime);
    return step(
        RemoteStep.RENEW_ALL,
        () -> leases.stream().map(lease -> shared.renew(lease, leaseMillis)).toList());
  }

  @Override
  public void release(Lease lease) {
    run(RemoteStep.RELEASE, () -> shared.release(lease));
  }

  @Override
  public void put(String key, byte[] bytes, Duration life) {
    long lifeMillis = millis("life", life);
    run(RemoteStep.PUT, () -> shared.put(key, ids.get(), bytes, lifeMillis, inbox));
  }

  @Override
  public Lease beginWrite(String key, Duration leaseTime) {
    long lease = millis("leaseTime", leaseTime);
    return step(RemoteStep.BEGIN_WRITE, () -> shared.beginWrite(key, ids.get(), lease, inbox));
  }

  @Override
  public boolean endWrite(Lease lease, byte[] bytes, Duration life) {
    long lifeMillis = millis("life", life);
    return step(RemoteStep.END_WRITE, () -> shared.endWrite(lease, bytes, lifeMillis, null, inbox));
  }

  @Override
  public boolean endWrite(Lease lease, byte[] bytes, Duration life, VersionMark mark) {
    long lifeMillis = millis("life", life);
    return step(RemoteStep.END_WRITE, () -> shared.endWrite(lease, bytes, lifeMillis, mark, inbox));
  }

  @Override
  public void invalidate(String key) {
    run(RemoteStep.INVALIDATE, () -> shared.invalidate(key, null, inbox));
  }

  @Override
  public void invalidate(String key, VersionMark mark) {
    run(RemoteStep.INVALIDATE, () -> shared.invalidate(key, mark, inbox));
  }

  @Override
  public void invalidateAll(List<String> keys) {
    run(RemoteStep.INVALIDATE_ALL, () -> keys.forEach(key -> shared.invalidate(key, null, inbox)));
  }

  @Override
  public void invalidateAll(Map<String, VersionMark> marks) {
    run(
        RemoteStep.INVALIDATE_ALL,
        () -> marks.forEach((key, mark) -> shared.invalidate(key, mark, inbox)));
  }

  @Override
  public long invalidateTag(String tag) {
    return step(RemoteStep.INVALIDATE_TAG, () -> shared.invalidateTag(tag, inbox));
  }

  @Override
  public List<Boolean> hold(List<TagMark> marks) {
    return step(RemoteStep.HOLD, () -> marks.stream().map(shared::holds).toList());
  }

  @Override
  public void clear() {
    run(RemoteStep.CLEAR, () -> shared.clear(inbox));
  }

  @Override
  public List<Optional<Duration>> revalidate(List<Copy> copies) {
    return step(RemoteStep.REVALIDATE, () -> copies.stream().map(shared::revalidate).toList());
  }

  @Override
  public KeyState inspect(String key) {
    return step(RemoteStep.INSPECT, () -> shared.inspect(key));
  }

  @Override
  public long[] seqs() {
    return step(RemoteStep.SEQS, shared::seqs);
  }

  @Override
  public void overtake(int partition, long seq) {
    run(RemoteStep.OVERTAKE, () -> shared.overtake(partition, seq));
  }

  @Override
  public void close() {
    reachability.remove(events);
    server.leave(shared, inbox);
  }

  private <T> T step(RemoteStep step, Supplier<T> action) {
    return reachability.watch(() -> server.run(step, action));
  }

  private void run(RemoteStep step, Runnable action) {
    var unused =
        step(
            step,
            () -> {
              action.run();
              return true;
            });
  }

  private static long millis(String name, Duration duration) {
    long millis = duration.toMillis();
    if (millis < 1) {
      throw new IllegalArgumentException(name + " must be at least 1 ms: " + duration);
    }
    return millis;
  }
}
