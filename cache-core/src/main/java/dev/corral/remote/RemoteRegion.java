package dev.corral.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The keys of one cache in a store that several nodes share. Each method is one step of the
 * protocol and is atomic per key. Thread-safe. All of them block for about one round trip and throw
 * {@link RemoteStoreException} if the store fails or does not answer in time; what a failed step
 * left behind is not known, and no later step depends on it.
 *
 * <p>A key is in one of these states. <em>Nothing</em>; a <em>lease</em> (someone loads it); a
 * <em>value</em>, beside which someone may hold the right to refresh it; a <em>failure</em> (a load
 * failed, and the key is left alone for a while). Time passes by the store's clock alone: leases,
 * values and failures vanish when theirs is up.
 *
 * <p>A lease <em>stands</em> until it is published, extended, delivered, failed or released, until
 * its time is up, or until it is revoked. The right to refresh a value may outlive that value's
 * time: while it stands, nobody else is granted the key, and what it publishes is stored all the
 * same. Whatever voids the value (an invalidation, a put, a clear) revokes the right too.
 *
 * <p>Beside whatever state it is in, a key may have a {@link VersionMark}.
 *
 * <p>A key is any text of at most 65,535 bytes in UTF-8, the empty one included. A lease time or a
 * life below one millisecond is refused with an {@link IllegalArgumentException}.
 */
public interface RemoteRegion extends AutoCloseable {

  /** Into how many partitions the keys of every region are cut. */
  int PARTITIONS = 256;

  /** In the place of a seq: the partition has no history, and all of its keys are void. */
  long NO_HISTORY = 0;

  /** In the place of a seq: this part of the store did not answer. */
  long UNKNOWN_SEQ = -1;

  /**
   * Returns the index of the partition that a key belongs to: the low byte of the CRC-32 (the one
   * of zlib) of its text in UTF-8.
   */
  static int partitionOf(String key) {
    CRC32 crc = new CRC32();
    crc.update(key.getBytes(UTF_8));
    return (int) (crc.getValue() & (PARTITIONS - 1));
  }

  /**
   * Looks up a key, and takes its lease if nothing is there.
   *
   * @param leaseTime how long the lease lasts unless renewed
   * @return {@link Lookup.Found}, {@link Lookup.Granted}, {@link Lookup.Taken}, {@link
   *     Lookup.BackingOff} or {@link Lookup.Unleased}
   */
  Lookup lookUp(String key, Duration leaseTime);

  /**
   * Looks up several keys in one round trip (one per node of a cluster), and answers in the order
   * given. A key that is given twice is looked up twice.
   */
  List<Lookup> lookUpAll(List<String> keys, Duration leaseTime);

  /**
   * Looks up a key, and takes the right to refresh it if a value is there, else its lease.
   *
   * @return {@link Lookup.Refreshable} if a value is there, else as {@link #lookUp}
   */
  Lookup lookUpToRefresh(String key, Duration leaseTime);

  /**
   * Takes the lease of a key in place of a value that the reader cannot use. If the value has
   * changed meanwhile, answers as {@link #lookUp} does.
   *
   * @param unusable the fill that the reader could not use
   */
  Lookup replace(String key, Id unusable, Duration leaseTime);

  /**
   * Asks whether copies are still as good as what the store holds, without having the values sent,
   * in one round trip (one per node of a cluster). Grants nothing.
   *
   * @return for each copy, in the order given, what is left of the life of the value in the store,
   *     or nothing if the store holds no value of this stamp: it was invalidated, has expired, or
   *     was replaced
   */
  List<Optional<Duration>> revalidate(List<Copy> copies);

  /**
   * Tells where a key stands, in one round trip, and changes nothing: grants no lease, takes no
   * right, prolongs no life. What is void is not told.
   */
  KeyState inspect(String key);

  /**
   * Asks to be told the outcome of a load that another holder runs, by {@link RemoteEvents#ended}.
   * A push can be lost; asking again is harmless, and the outcome is told once.
   *
   * @param taken what {@link #lookUp} or {@link #lookUpToRefresh} answered
   * @return what is left of that lease, or nothing when it stands no more: look up again
   */
  Optional<Duration> await(String key, Lookup.Taken taken);

  /**
   * Stores a loaded value, if the lease still stands and the region was not cleared since it was
   * granted, and tells those who wait. Ends the lease.
   *
   * <p>A {@linkplain Publication#guarded guarded} value that is older than a mark of its key is not
   * stored but handed to those who wait, as {@link #deliver} does; what it was to replace stays.
   * Whether the lease stands is asked first.
   */
  PublishAnswer publish(Publication publication);

  /**
   * Publishes several values in one round trip (one per node of a cluster), and answers in the
   * order given.
   */
  List<PublishAnswer> publishAll(List<Publication> publications);

  /**
   * Gives the value that a refresh was to replace another life, without sending it again, and tells
   * those who wait ({@link LoadOutcome.Published} or {@link LoadOutcome.LookAgain}). The value
   * keeps its fill id. Ends the lease.
   *
   * @param lease one that {@linkplain Lease#replaces() replaces} a value
   * @return whether the value got its new life; if not, as {@link #publish}
   * @throws IllegalArgumentException if the lease replaces no value
   */
  boolean extend(Lease lease, Duration life);

  /**
   * Ends a lease without storing anything, and hands the value to those who wait for it, if the
   * lease still stands. A value that was being refreshed stays.
   */
  void deliver(Lease lease, byte[] bytes);

  /**
   * Ends a lease, remembers the failure for the time that {@code backoff} says, and tells those who
   * wait, if the lease still stands. A value that was being refreshed stays.
   *
   * @return for how long the key is left alone, or nothing when the lease was lost
   */
  Optional<Duration> fail(Lease lease, StoredFailure failure, FailureBackoff backoff);

  /**
   * Lets a lease last {@code leaseTime} from now.
   *
   * @return whether the lease still stands
   */
  boolean renew(Lease lease, Duration leaseTime);

  /**
   * Lets several leases last {@code leaseTime} from now, in one round trip (one per node of a
   * cluster) if the store can, and answers in the order given. Unless a store has its own way, each
   * is {@linkplain #renew renewed} after the other.
   *
   * @return for each lease, whether it still stands
   */
  default List<Boolean> renewAll(List<Lease> leases, Duration leaseTime) {
    return leases.stream().map(lease -> renew(lease, leaseTime)).toList();
  }

  /** Ends a lease without an outcome, if it still stands; those who wait look up again. */
  void release(Lease lease);

  /**
   * Stores a value whatever is there, revokes the lease of the key (those who wait look up again),
   * and tells all nodes to drop their copies. The value is a fill of its own, and its stamp is that
   * of the message. No mark keeps it out, and it leaves none.
   *
   * @param life how long the store keeps the value
   */
  void put(String key, byte[] bytes, Duration life);

  /**
   * Begins a change of the origin: revokes the lease of the key and the right to refresh its value
   * (those who wait look up again), takes the write lease, and tells all nodes to drop their
   * copies, as {@link #invalidate} does. A value that is there may still be found, but lives no
   * longer than {@code leaseTime} from now. Until the write lease ends, nobody else is granted the
   * key.
   *
   * <p>It counts as an invalidation, and takes the lease from a write that is under way.
   *
   * @return to be {@linkplain #renew renewed}, and ended by {@link #endWrite} or by whatever voids
   *     the key
   */
  Lease beginWrite(String key, Duration leaseTime);

  /**
   * Ends a change of the origin. If its lease still stands, stores the value as {@link #put} does;
   * if not, another change, a put or an invalidation came in between, or the lease ran out, and
   * nobody knows whose value the origin holds: then this is {@link #invalidate}, which takes the
   * lease from the other change as well.
   *
   * @param lease from {@link #beginWrite}
   * @return whether the value was stored
   */
  boolean endWrite(Lease lease, byte[] bytes, Duration life);

  /**
   * As {@link #endWrite(Lease, byte[], Duration)}, and leaves a mark, whether the value is stored
   * or not. It is not stored either if a higher mark of the key stands.
   *
   * @param mark bears the version of the value
   */
  boolean endWrite(Lease lease, byte[] bytes, Duration life, VersionMark mark);

  /**
   * Drops whatever is there, which revokes the lease of the key (those who wait look up again), and
   * tells all nodes to drop their copies, even if nothing was there. When this returns, nothing
   * loaded before it can be found or published.
   */
  void invalidate(String key);

  /** As {@link #invalidate(String)}, and leaves a mark of the key, in one step. */
  void invalidate(String key, VersionMark mark);

  /** Invalidates several keys in one round trip (one per node of a cluster). */
  void invalidateAll(List<String> keys);

  /** As {@link #invalidateAll(List)}, and leaves the mark of each key. */
  void invalidateAll(Map<String, VersionMark> marks);

  /**
   * Makes void whatever bears a tag and was loaded before, wherever it is, and tells all nodes. The
   * tag counts as an invalidation in the {@linkplain #partitionOf partition} of its text.
   *
   * @param tag from 1 to 256 bytes long in UTF-8
   * @return how far the partition has come with it
   */
  long invalidateTag(String tag);

  /**
   * Asks whether tags have not been invalidated since a partition had come so far, in one round
   * trip (one per node of a cluster). What the store does not know for certain does not hold.
   *
   * @return in the order given
   */
  List<Boolean> hold(List<TagMark> marks);

  /**
   * Invalidates all keys of the region and revokes all of its leases, without looking at them one
   * by one: those who wait for one may be told of the clear alone. Failures may stay until their
   * time is up.
   */
  void clear();

  /**
   * Reads how many invalidations each partition has counted, in one round trip (one per node of a
   * cluster).
   *
   * @return by the partition's index: its seq, {@link #NO_HISTORY} or {@link #UNKNOWN_SEQ}
   * @throws RemoteStoreException if no part of the store answers
   */
  long[] seqs();

  /**
   * Tells the store that it once gave out {@code seq} and has forgotten it, as a replica has that
   * was promoted without the last writes: makes void whatever the partition holds, as {@link
   * #clear} does, and lets it go on from above {@code seq}, unless it has come that far already.
   * Nobody is told.
   */
  void overtake(int partition, long seq);

  /** Stops listening for this region. Idempotent. Leases held are left to expire. */
  @Override
  void close();
}
