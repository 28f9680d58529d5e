package dev.corral.workload;

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

/** The node's end of a line, for steps. */
final class LineRegion implements RemoteRegion {

  private final Line line;
  private final RemoteRegion region;

  LineRegion(Line line, RemoteRegion region) {
    this.line = line;
    this.region = region;
  }

  @Override
  public Lookup lookUp(String key, Duration leaseTime) {
    return line.step(() -> region.lookUp(key, leaseTime));
  }

  @Override
  public List<Lookup> lookUpAll(List<String> keys, Duration leaseTime) {
    return line.step(() -> region.lookUpAll(keys, leaseTime));
  }

  @Override
  public Lookup lookUpToRefresh(String key, Duration leaseTime) {
    return line.step(() -> region.lookUpToRefresh(key, leaseTime));
  }

  @Override
  public Lookup replace(String key, Id unusable, Duration leaseTime) {
    return line.step(() -> region.replace(key, unusable, leaseTime));
  }

  @Override
  public List<Optional<Duration>> revalidate(List<Copy> copies) {
    return line.step(() -> region.revalidate(copies));
  }

  @Override
  public KeyState inspect(String key) {
    return line.step(() -> region.inspect(key));
  }

  @Override
  public Optional<Duration> await(String key, Lookup.Taken taken) {
    return line.step(() -> region.await(key, taken));
  }

  @Override
  public PublishAnswer publish(Publication publication) {
    return line.step(() -> region.publish(publication));
  }

  @Override
  public List<PublishAnswer> publishAll(List<Publication> publications) {
    return line.step(() -> region.publishAll(publications));
  }

  @Override
  public boolean extend(Lease lease, Duration life) {
    return line.step(() -> region.extend(lease, life));
  }

  @Override
  public void deliver(Lease lease, byte[] bytes) {
    run(() -> region.deliver(lease, bytes));
  }

  @Override
  public Optional<Duration> fail(Lease lease, StoredFailure failure, FailureBackoff backoff) {
    return line.step(() -> region.fail(lease, failure, backoff));
  }

  @Override
  public boolean renew(Lease lease, Duration leaseTime) {
    return line.step(() -> region.renew(lease, leaseTime));
  }

  @Override
  public List<Boolean> renewAll(List<Lease> leases, Duration leaseTime) {
    return line.step(() -> region.renewAll(leases, leaseTime));
  }

  @Override
  public void release(Lease lease) {
    run(() -> region.release(lease));
  }

  @Override
  public void put(String key, byte[] bytes, Duration life) {
    run(() -> region.put(key, bytes, life));
  }

  @Override
  public void invalidate(String key) {
    run(() -> region.invalidate(key));
  }

  @Override
  public void invalidate(String key, VersionMark mark) {
    run(() -> region.invalidate(key, mark));
  }

  @Override
  public void invalidateAll(List<String> keys) {
    run(() -> region.invalidateAll(keys));
  }

  @Override
  public void invalidateAll(Map<String, VersionMark> marks) {
    run(() -> region.invalidateAll(marks));
  }

  @Override
  public void clear() {
    run(region::clear);
  }

  @Override
  public long invalidateTag(String tag) {
    return line.step(() -> region.invalidateTag(tag));
  }

  @Override
  public List<Boolean> hold(List<TagMark> marks) {
    return line.step(() -> region.hold(marks));
  }

  @Override
  public Lease beginWrite(String key, Duration leaseTime) {
    return line.step(() -> region.beginWrite(key, leaseTime));
  }

  @Override
  public boolean endWrite(Lease lease, byte[] bytes, Duration life) {
    return line.step(() -> region.endWrite(lease, bytes, life));
  }

  @Override
  public boolean endWrite(Lease lease, byte[] bytes, Duration life, VersionMark mark) {
    return line.step(() -> region.endWrite(lease, bytes, life, mark));
  }

  @Override
  public long[] seqs() {
    return line.sync(region::seqs);
  }

  @Override
  public void overtake(int partition, long seq) {
    run(() -> region.overtake(partition, seq));
  }

  @Override
  public void close() {
    region.close();
  }

  private void run(Runnable action) {
    var unused =
        line.step(
            () -> {
              action.run();
              return true;
            });
  }
}
