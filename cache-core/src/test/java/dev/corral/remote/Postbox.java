package dev.corral.remote;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Takes messages to the nodes, and holds or loses them if a test wants so. Guarded by the server's
 * lock.
 */
final class Postbox {

  private record Letter(Inbox to, Consumer<RemoteEvents> message) {}

  private final Set<Inbox> nodes = new LinkedHashSet<>();
  private final Set<Inbox> due = new LinkedHashSet<>();
  private final List<Letter> held = new ArrayList<>();
  private boolean connected = true;
  private boolean holding;
  private boolean dropping;

  void subscribe(Inbox node) {
    nodes.add(node);
    if (connected) {
      notice(node, RemoteEvents::subscribed);
    }
  }

  void unsubscribe(Inbox node) {
    nodes.remove(node);
    node.close();
  }

  void disconnect() {
    if (connected) {
      connected = false;
      nodes.forEach(node -> notice(node, RemoteEvents::unsubscribed));
    }
  }

  void connect() {
    if (!connected) {
      connected = true;
      nodes.forEach(node -> notice(node, RemoteEvents::subscribed));
    }
  }

  void drop(boolean drop) {
    dropping = drop;
  }

  void hold() {
    holding = true;
  }

  void releaseHeld() {
    holding = false;
    held.forEach(letter -> notice(letter.to(), letter.message()));
    held.clear();
  }

  void send(Inbox to, Consumer<RemoteEvents> message) {
    if (!connected || dropping) {
      return;
    }
    if (holding) {
      held.add(new Letter(to, message));
    } else {
      notice(to, message);
    }
  }

  /** Takes the nodes to which something is to be handed over, once the lock is released. */
  List<Inbox> takeDue() {
    List<Inbox> taken = List.copyOf(due);
    due.clear();
    return taken;
  }

  private void notice(Inbox to, Consumer<RemoteEvents> message) {
    to.add(message);
    due.add(to);
  }
}
