package dev.corral;

import dev.corral.observe.Step;
import dev.corral.remote.Copy;
import dev.corral.remote.FailureBackoff;
import dev.corral.remote.Id;
import dev.corral.remote.KeyState;
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
import java.util.Optional;
import java.util.function.Supplier;

/** A region whose steps are looked on. Not there if nobody looks. */
final class ObservedRegion implements RemoteRegion {

  private final RemoteRegion region;
  private final Observers observers;

  ObservedRegion(RemoteRegion region, Observers observers) {
    this.region = region;
    this.observers = observers;
  }

  private <T> T step(String name, int keys, Supplier<T> step) {
    return observers.around(Step.Kind.REMOTE, name, keys, step::get);
  }

  private void step(String name, int keys, Runnable step) {
    observers.around(
        Step.Kind.REMOTE,
        name,
        keys,
        () -> {
          step.run();
          return true;
        });
  }

  @Override
  public Lookup lookUp(String key, Duration leaseTime) {
    return step("lookUp", 1, () -> region.lookUp(key, leaseTime));
  }

  @Override
  public List<Lookup> lookUpAll(List<String> keys, Duration leaseTime) {
    return step("lookUpAll", keys.size(), () -> region.lookUpAll(keys, leaseTime));
  }

  @Override
  public Lookup lookUpToRefresh(String key, Duration leaseTime) {
    return step("lookUpToRefresh", 1, () -> region.lookUpToRefresh(key, leaseTime));
  }

  @Override
  public Lookup replace(String key, Id unusable, Duration leaseTime) {
    return step("replace", 1, () -> region.replace(key, unusable, leaseTime));
  }

  @Override
  public List<Optional<Duration>> revalidate(List<Copy> copies) {
    return step("revalidate", copies.size(), () -> region.revalidate(copies));
  }

  @Override
  public KeyState inspect(String key) {
    return step("inspect", 1, () -> region.inspect(key));
  }

  @Override
  public Optional<Duration> await(String key, Lookup.Taken taken) {
    return step("await", 1, () -> region.await(key, taken));
  }

  @Override
  public PublishAnswer publish(Publication publication) {
    return step("publish", 1, () -> region.publish(publication));
  }

  @Override
  public List<PublishAnswer> publishAll(List<Publication> publications) {
    return step("publishAll", publications.size(), () -> region.publishAll(publications));
  }

  @Override
  public boolean extend(Lease lease, Duration life) {
    return step("extend", 1, () -> region.extend(lease, life));
  }

  @Override
  public void deliver(Lease lease, byte[] bytes) {
    step("deliver", 1, () -> region.deliver(lease, bytes));
  }

  @Override
  public Optional<Duration> fail(Lease lease, StoredFailure failure, FailureBackoff backoff) {
    return step("fail", 1, () -> region.fail(lease, failure, backoff));
  }

  @Override
  public boolean renew(Lease lease, Duration leaseTime) {
    return step("renew", 1, () -> region.renew(lease, leaseTime));
  }

  @Override
  public List<Boolean> renewAll(List<Lease> leases, Duration leaseTime) {
    return step("renewAll", leases.size(), () -> region.renewAll(leases, leaseTime));
  }

  @Override
  public void release(Lease lease) {
    step("release", 1, () -> region.release(lease));
  }

  @Override
  public void put(String key, byte[] bytes, Duration life) {
    step("put", 1, () -> region.put(key, bytes, life));
  }

  @Override
  public Lease beginWrite(String key, Duration leaseTime) {
    return step("beginWrite", 1, () -> region.beginWrite(key, leaseTime));
  }

  @Override
  public boolean endWrite(Lease lease, byte[] bytes, Duration life) {
    return step("endWrite", 1, () -> region.endWrite(lease, bytes, life));
  }

  @Override
  public boolean endWrite(Lease lease, byte[] bytes, Duration life, VersionMark mark) {
    return step("endWrite", 1, () -> region.endWrite(lease, bytes, life, mark));
  }

  @Override
  public void invalidate(String key) {
    step("invalidate", 1, () -> region.invalidate(key));
  }

  @Override
  public void invalidate(String key, VersionMark mark) {
    step("invalidate", 1, () -> region.invalidate(key, mark));
  }

  @Override
  public void invalidateAll(List<String> keys) {
    step("invalidateAll", keys.size(), () -> region.invalidateAll(keys));
  }

  @Override
  public void invalidateAll(Map<String, VersionMark> marks) {
    step("invalidateAll", marks.size(), () -> region.invalidateAll(marks));
  }

  @Override
  public long invalidateTag(String tag) {
    return step("invalidateTag", 1, () -> region.invalidateTag(tag));
  }

  @Override
  public List<Boolean> hold(List<TagMark> marks) {
    return step("hold", marks.size(), () -> region.hold(marks));
  }

  @Override
  public void clear() {
    step("clear", 0, () -> region.clear());
  }

  @Override
  public long[] seqs() {
    return step("seqs", 0, () -> region.seqs());
  }

  @Override
  public void overtake(int partition, long seq) {
    step("overtake", 0, () -> region.overtake(partition, seq));
  }

  @Override
  public void close() {
    region.close();
  }
}
