package dev.corral.servers.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;

/**
 * To how much a connection is subscribed, by what Redis confirms. In RESP2 a message is an array
 * like any reply; while something is subscribed there are no other arrays of its form. Used by one
 * thread.
 */
final class SubscribedState {

  private long channels;
  private long shardChannels;

  boolean isSubscribed() {
    return channels > 0 || shardChannels > 0;
  }

  /** Takes note of what a frame confirms, if it does. */
  void note(RespFrame frame) {
    List<byte[]> parts = frame.strings(3);
    if (parts.size() != 3 || frame.size() != 3) {
      return;
    }
    switch (new String(parts.get(0), ISO_8859_1)) {
      case "subscribe", "psubscribe", "unsubscribe", "punsubscribe" -> channels = count(parts);
      case "ssubscribe", "sunsubscribe" -> shardChannels = count(parts);
      default -> {
        // A message.
      }
    }
  }

  private static long count(List<byte[]> parts) {
    byte[] number = parts.get(2);
    return RespNumber.parse(number, 0, number.length);
  }
}
