package dev.corral.servers.faults;

/** Which connections a fault of a {@link FaultProxy} affects. */
public enum Connections {
  /** Every one. */
  ALL {
    @Override
    boolean include(boolean subscriber) {
      return true;
    }
  },
  /** Those on which the client has subscribed to a channel, a pattern or a shard channel. */
  SUBSCRIBERS {
    @Override
    boolean include(boolean subscriber) {
      return subscriber;
    }
  },
  /** Those on which it has not: they carry commands. */
  OTHERS {
    @Override
    boolean include(boolean subscriber) {
      return !subscriber;
    }
  };

  abstract boolean include(boolean subscriber);
}
