package dev.corral.bench.site;

import dev.corral.bench.shop.QueryUnderTest;
import dev.corral.servers.RedisServer;

/** What faults happen to. */
public record Site(Servers servers, QueryUnderTest underTest) {

  RedisServer redis() {
    return servers.ownRedis();
  }
}
