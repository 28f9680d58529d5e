package dev.corral.servers.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message that somebody published, as Redis sends it to a subscriber. */
final class PushedMessage {

  final byte[] channel;
  final byte[] payload;
  final byte[] frame;

  private PushedMessage(byte[] channel, byte[] payload, byte[] frame) {
    this.channel = channel;
    this.payload = payload;
    this.frame = frame;
  }

  /** Reads what was pushed; null if it is no message. */
  static @Nullable PushedMessage read(RespFrame frame) {
    List<byte[]> parts = frame.strings(4);
    // Fewer parts than elements: one of them is no string, or there are more than a message has.
    if (parts.isEmpty() || parts.size() != frame.size() || parts.size() < 3) {
      return null;
    }
    String kind = new String(parts.get(0), ISO_8859_1);
    return switch (parts.size() + kind) {
      case "3message", "3smessage" -> new PushedMessage(parts.get(1), parts.get(2), frame.bytes);
      case "4pmessage" -> new PushedMessage(parts.get(2), parts.get(3), frame.bytes);
      default -> null;
    };
  }
}
