package dev.corral.redis;

import dev.corral.remote.Id;

/** Values as the scripts write them. */
final class Frames {

  private Frames() {}

  static byte[] value(Id fill, long stamp, long end, byte[] body) {
    return Bytes.concat(Frame.valuePrefix(fill), Bytes.number(stamp), Bytes.number(end), body);
  }
}
