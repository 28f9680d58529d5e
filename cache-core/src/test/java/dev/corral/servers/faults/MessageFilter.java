package dev.corral.servers.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Selects published messages. Called on the proxy's threads, one call at a time; does not block.
 */
@FunctionalInterface
public interface MessageFilter {

  /** Whether a message is selected. The arrays are not to be changed. */
  boolean selects(byte[] channel, byte[] payload);

  /** Selects every message. */
  static MessageFilter all() {
    return (channel, payload) -> true;
  }

  /** Selects the messages of one channel. */
  static MessageFilter on(String channel) {
    byte[] wanted = channel.getBytes(UTF_8);
    return (name, payload) -> Arrays.equals(name, wanted);
  }
}
