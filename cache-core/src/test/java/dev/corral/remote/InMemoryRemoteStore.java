package dev.corral.remote;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** One node's connection to an {@link InMemoryRemoteServer}. Thread-safe. */
public final class InMemoryRemoteStore implements RemoteStore {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,128}");

  private final InMemoryRemoteServer server;
  private final long nodeId;
  private final AtomicLong tokens = new AtomicLong();
  private final Reachability reachability = new Reachability();
  private final Set<InMemoryRemoteRegion> regions = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  InMemoryRemoteStore(InMemoryRemoteServer server, long nodeId) {
    this.server = server;
    this.nodeId = nodeId;
  }

  @Override
  public RemoteRegion open(String name, RemoteEvents events) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name must be 1 to 128 letters, digits, '.', '_', '-' or '@': " + name);
    }
    if (closed) {
      throw new IllegalStateException("The store is closed: no region " + name);
    }
    Inbox inbox = new Inbox(events);
    reachability.add(events);
    var region =
        new InMemoryRemoteRegion(
            server, server.join(name, inbox), inbox, events, reachability, this::newId);
    regions.add(region);
    return region;
  }

  @Override
  public void close() {
    closed = true;
    regions.forEach(InMemoryRemoteRegion::close);
  }

  private Id newId() {
    return new Id(nodeId, tokens.incrementAndGet());
  }
}
