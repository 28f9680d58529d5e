package dev.corral.bench.site;

import dev.corral.servers.RedisServer;

/** What faults happen to. */
public interface Site {

  /** The Redis that all nodes share. */
  RedisServer redis();
}
