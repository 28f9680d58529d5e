package dev.corral.redis;

import dev.corral.idempotency.DeadHolderPolicy;
import dev.corral.idempotency.IdempotencyKey;
import dev.corral.idempotency.OutcomeFront.Finished;
import dev.corral.idempotency.Reservation;
import dev.corral.idempotency.ReserveRequest;
import dev.corral.idempotency.StoredOutcome;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * The calls of the scripts of idempotency, and the names that they use:
 *
 * <pre>
 * corral:{shop/:idem:9f86d0…}         the record of a key, after its SHA-256
 * corral:{shop/:front:9f86d0…}        its outcome, if another store decides
 * corral:shop:node:0123456789abcdef   the channel of a node that waits
 * </pre>
 *
 * <p>No cache can have a name that begins with a colon, so no record can be an entry's. Each record
 * has a hash tag of its own, which spreads them over a cluster.
 */
final class IdempotencyScripts {

  private static final LuaScript RESERVE = LuaScript.loadIdempotency("reserve");
  private static final LuaScript RENEW = LuaScript.loadIdempotency("renew");
  private static final LuaScript COMPLETE = LuaScript.loadIdempotency("complete");
  private static final LuaScript RELEASE = LuaScript.loadIdempotency("release");
  private static final LuaScript FIND = LuaScript.loadIdempotency("find");
  private static final LuaScript PUT = LuaScript.loadIdempotency("put");

  private static final byte MESSAGE_VERSION = '1';

  private final String records;
  private final String front;
  private final byte[] nodeChannels;
  private final byte[] node;

  IdempotencyScripts(String namespace, Tokens tokens) {
    records = "corral:{" + namespace + "/:idem:";
    front = "corral:{" + namespace + "/:front:";
    nodeChannels = RedisKeys.nodeChannelPrefix(namespace);
    node = tokens.nodeBytes();
  }

  ScriptCall reserve(ReserveRequest request) {
    return new ScriptCall(
        RESERVE,
        place(records, request.key()),
        List.of(
            request.fingerprint().toBytes(),
            bytes(request.token()),
            millis(request.reservationTime()),
            millis(request.retention()),
            Bytes.ascii(request.deadHolder() == DeadHolderPolicy.RUN_AGAIN ? 1 : 0),
            node));
  }

  ScriptCall renew(Reservation reservation) {
    return new ScriptCall(
        RENEW,
        place(records, reservation.key()),
        List.of(
            bytes(reservation.token()),
            millis(reservation.time()),
            millis(reservation.retention())));
  }

  ScriptCall complete(Reservation reservation, StoredOutcome outcome) {
    return new ScriptCall(
        COMPLETE,
        place(records, reservation.key()),
        List.of(
            bytes(reservation.token()),
            nodeChannels,
            message(reservation.key()),
            outcome.bytes(),
            millis(reservation.retention()),
            reservation.fingerprint().toBytes(),
            Bytes.ascii(reservation.attempt())));
  }

  ScriptCall release(Reservation reservation) {
    return new ScriptCall(
        RELEASE,
        place(records, reservation.key()),
        List.of(bytes(reservation.token()), nodeChannels, message(reservation.key())));
  }

  ScriptCall find(IdempotencyKey key) {
    return new ScriptCall(FIND, place(front, key), List.of());
  }

  ScriptCall put(IdempotencyKey key, Finished finished) {
    return new ScriptCall(
        PUT,
        place(front, key),
        List.of(
            finished.fingerprint().toBytes(), finished.outcome().bytes(), millis(finished.left())));
  }

  private static List<byte[]> place(String prefix, IdempotencyKey key) {
    return List.of(Bytes.ascii(prefix + HexFormat.of().formatHex(key.digest()) + "}"));
  }

  /** What wakes those who wait for a key: the version, and the key's digest. */
  private static byte[] message(IdempotencyKey key) {
    return Bytes.concat(new byte[] {MESSAGE_VERSION}, key.digest());
  }

  /** Returns the digest of the key that a message is about; empty if it makes no sense. */
  static byte[] digest(byte[] message) {
    return message.length == 1 + Long.BYTES * 4 && message[0] == MESSAGE_VERSION
        ? Bytes.from(message, 1)
        : new byte[0];
  }

  /** Rounded up: what is to last for less than a millisecond lasts for one. */
  private static byte[] millis(Duration duration) {
    return Bytes.ascii(Math.max(1, duration.toMillis()));
  }

  private static byte[] bytes(UUID token) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(token.getMostSignificantBits())
        .putLong(token.getLeastSignificantBits())
        .array();
  }
}
