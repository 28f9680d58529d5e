package dev.corral.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.corral.remote.FailureBackoff;
import dev.corral.remote.Id;
import dev.corral.remote.Lease;
import dev.corral.remote.Publication;
import dev.corral.remote.RemoteRegion;
import dev.corral.remote.StoredFailure;
import dev.corral.remote.VersionMark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The calls of the scripts: which KEYS and ARGV each step takes, as its file says. */
final class Scripts {

  private static final LuaScript OPEN = LuaScript.load("open");
  private static final LuaScript CONFIRM = LuaScript.load("confirm");
  private static final LuaScript CEDE = LuaScript.load("cede");
  private static final LuaScript REPLACE = LuaScript.load("replace");
  private static final LuaScript AWAIT = LuaScript.load("await");
  private static final LuaScript PUBLISH = LuaScript.load("publish");
  private static final LuaScript EXTEND = LuaScript.load("extend");
  private static final LuaScript DELIVER = LuaScript.load("deliver");
  private static final LuaScript FAIL = LuaScript.load("fail");
  private static final LuaScript RENEW = LuaScript.load("renew");
  private static final LuaScript RELEASE = LuaScript.load("release");
  private static final LuaScript PUT = LuaScript.load("put");
  private static final LuaScript BEGIN_WRITE = LuaScript.load("begin-write");
  private static final LuaScript END_WRITE = LuaScript.load("end-write");
  private static final LuaScript INVALIDATE = LuaScript.load("invalidate");
  private static final LuaScript INVALIDATE_TAG = LuaScript.load("invalidate-tag");
  private static final LuaScript CLEAR = LuaScript.load("clear");

  private static final LuaScript OVERTAKE = LuaScript.load("overtake");

  /** How many tags a partition remembers; more are forgotten together, which voids their values. */
  private static final long TAGS_REMEMBERED = 1_000;

  private static final byte[] NO_FILL = {};

  /** As text it comes before any version. */
  private static final byte[] NO_VERSION = {};

  private final RedisKeys keys;
  private final byte[] nodeChannels;
  private final Tokens tokens;
  private final byte[] inlineLimit;

  Scripts(RedisKeys keys, byte[] nodeChannels, Tokens tokens, int inlineLimit) {
    this.keys = keys;
    this.nodeChannels = nodeChannels;
    this.tokens = tokens;
    this.inlineLimit = Bytes.ascii(inlineLimit);
  }

  ScriptCall open(int partition) {
    return new ScriptCall(OPEN, List.of(keys.partition(partition)), List.of(Tokens.seed()));
  }

  ScriptCall confirm(KeyNames names, Id token, boolean refresh) {
    return new ScriptCall(
        CONFIRM,
        List.of(names.place(refresh), names.partitionKey),
        List.of(Frame.leasePrefix(token), Tokens.seed()));
  }

  ScriptCall cede(KeyNames names, Id token, Id refresher) {
    return new ScriptCall(
        CEDE,
        List.of(names.entry, names.right()),
        List.of(
            nodeChannels, address(names), Frame.leasePrefix(token), Frame.leasePrefix(refresher)));
  }

  /** Takes the entry's place, and drops the right to refresh what was there. */
  ScriptCall replaceEntry(KeyNames names, byte[] expected, int lastIndex, Id token, long millis) {
    return replace(
        List.of(names.entry, names.partitionKey, names.right()),
        names,
        expected,
        lastIndex,
        token,
        millis);
  }

  ScriptCall replaceRight(KeyNames names, byte[] expected, Id token, long millis) {
    return replace(
        List.of(names.right(), names.partitionKey),
        names,
        expected,
        Frame.BEGINNING_END,
        token,
        millis);
  }

  private ScriptCall replace(
      List<byte[]> places, KeyNames names, byte[] expected, int lastIndex, Id token, long millis) {
    return new ScriptCall(
        REPLACE,
        places,
        List.of(
            nodeChannels,
            address(names),
            expected,
            Bytes.ascii(lastIndex),
            Frame.leasePrefix(token),
            Bytes.ascii(millis),
            Tokens.seed()));
  }

  ScriptCall await(KeyNames names, Id token, boolean refresh) {
    return new ScriptCall(
        AWAIT,
        List.of(names.place(refresh), names.partitionKey),
        List.of(Frame.leasePrefix(token), tokens.nodeBytes()));
  }

  ScriptCall publish(Publication publication) {
    Lease lease = publication.lease();
    KeyNames names = keys.of(lease.key());
    ScriptCall call =
        new ScriptCall(
            PUBLISH,
            List.of(names.entry, names.right(), names.failures(), names.partitionKey),
            List.of(
                nodeChannels,
                address(names),
                Frame.leasePrefix(lease.token()),
                Bytes.number(lease.stamp()),
                replaced(lease.replaces()),
                publication.bytes(),
                Bytes.ascii(publication.life().toMillis()),
                inlineLimit));
    if (!publication.isGuarded()) {
      return call;
    }
    OptionalLong version = publication.version();
    return call.with(
        names.mark(), version.isPresent() ? Bytes.ordered(version.getAsLong()) : NO_VERSION);
  }

  ScriptCall extend(Lease lease, long millis) {
    KeyNames names = keys.of(lease.key());
    return new ScriptCall(
        EXTEND,
        List.of(names.entry, names.right(), names.failures(), names.partitionKey),
        List.of(
            nodeChannels,
            address(names),
            Frame.leasePrefix(lease.token()),
            Bytes.number(lease.stamp()),
            replaced(lease.replaces()),
            Bytes.ascii(millis)));
  }

  ScriptCall deliver(Lease lease, byte[] body) {
    KeyNames names = keys.of(lease.key());
    return new ScriptCall(
        DELIVER,
        List.of(names.place(isRefresh(lease)), names.failures(), names.partitionKey),
        List.of(
            nodeChannels,
            address(names),
            Frame.leasePrefix(lease.token()),
            Bytes.number(lease.stamp()),
            body));
  }

  ScriptCall fail(Lease lease, StoredFailure failure, FailureBackoff backoff) {
    KeyNames names = keys.of(lease.key());
    return new ScriptCall(
        FAIL,
        List.of(names.place(isRefresh(lease)), names.failures(), names.partitionKey, names.entry),
        List.of(
            nodeChannels,
            address(names),
            Frame.leasePrefix(lease.token()),
            Bytes.number(lease.stamp()),
            failure.bytes(),
            Bytes.ascii(backoff.base().toMillis()),
            Bytes.ascii(backoff.cap().toMillis()),
            Bytes.ascii(Double.toString(backoff.fraction()))));
  }

  ScriptCall renew(Lease lease, long millis) {
    KeyNames names = keys.of(lease.key());
    return new ScriptCall(
        RENEW,
        List.of(names.place(isRefresh(lease)), names.partitionKey),
        List.of(
            nodeChannels,
            address(names),
            Frame.leasePrefix(lease.token()),
            Bytes.number(lease.stamp()),
            Bytes.ascii(millis)));
  }

  ScriptCall release(Lease lease) {
    return release(keys.of(lease.key()), lease.token(), isRefresh(lease));
  }

  /** Releases the lease of a token, wherever it stands, if it does. */
  List<ScriptCall> releases(KeyNames names, Id token) {
    return List.of(release(names, token, false), release(names, token, true));
  }

  ScriptCall release(KeyNames names, Id token, boolean refresh) {
    return new ScriptCall(
        RELEASE,
        List.of(names.place(refresh)),
        List.of(nodeChannels, address(names), Frame.leasePrefix(token)));
  }

  ScriptCall put(String key, byte[] body, long millis) {
    KeyNames names = keys.of(key);
    return voiding(
        PUT,
        names,
        List.of(names.entry, names.right(), names.failures(), names.partitionKey),
        tokens.next().toBytes(),
        body,
        Bytes.ascii(millis));
  }

  ScriptCall beginWrite(String key, Id token, long millis) {
    KeyNames names = keys.of(key);
    return voiding(
        BEGIN_WRITE,
        names,
        List.of(names.entry, names.right(), names.partitionKey),
        Frame.leasePrefix(token),
        Bytes.ascii(millis));
  }

  ScriptCall endWrite(Lease lease, byte[] body, long millis, @Nullable VersionMark mark) {
    KeyNames names = keys.of(lease.key());
    ScriptCall call =
        voiding(
            END_WRITE,
            names,
            List.of(names.entry, names.right(), names.failures(), names.partitionKey),
            Frame.leasePrefix(lease.token()),
            Bytes.number(lease.stamp()),
            body,
            Bytes.ascii(millis),
            inlineLimit);
    return leaving(mark, names, call);
  }

  ScriptCall invalidate(String key, @Nullable VersionMark mark) {
    KeyNames names = keys.of(key);
    ScriptCall call =
        voiding(INVALIDATE, names, List.of(names.entry, names.right(), names.partitionKey));
    return leaving(mark, names, call);
  }

  /** A call of a script that voids a key: what it tells the nodes comes before the rest. */
  private ScriptCall voiding(
      LuaScript script, KeyNames names, List<byte[]> places, byte[]... more) {
    List<byte[]> args = new ArrayList<>();
    args.add(nodeChannels);
    args.add(address(names));
    args.add(keys.channel());
    args.add(InvalidationMessage.beginningFor(tokens.nodeHex(), names.partition));
    args.add(names.text);
    args.add(Tokens.seed());
    args.addAll(Arrays.asList(more));
    return new ScriptCall(script, places, args);
  }

  private static ScriptCall leaving(@Nullable VersionMark mark, KeyNames names, ScriptCall call) {
    return mark == null
        ? call
        : call.with(
            names.mark(), Bytes.ordered(mark.version()), Bytes.ascii(mark.life().toMillis()));
  }

  ScriptCall invalidateTag(String tag) {
    int partition = RemoteRegion.partitionOf(tag);
    return new ScriptCall(
        INVALIDATE_TAG,
        List.of(keys.partition(partition), keys.tags(partition)),
        List.of(
            keys.channel(),
            InvalidationMessage.beginningForTag(tokens.nodeHex(), partition),
            tag.getBytes(UTF_8),
            Tokens.seed(),
            Bytes.ascii(TAGS_REMEMBERED)));
  }

  ScriptCall clear(int partition) {
    return new ScriptCall(CLEAR, List.of(keys.partition(partition)), List.of(Tokens.seed()));
  }

  ScriptCall overtake(int partition, long seq) {
    return new ScriptCall(
        OVERTAKE,
        List.of(keys.partition(partition)),
        List.of(Bytes.number(seq), Bytes.number(seq + 1)));
  }

  private byte[] address(KeyNames names) {
    return OutcomeMessage.address(keys.cacheName(), names.text);
  }

  private static byte[] replaced(@Nullable Id fill) {
    return fill == null ? NO_FILL : Frame.valuePrefix(fill);
  }

  private static boolean isRefresh(Lease lease) {
    return lease.replaces() != null;
  }
}
