package dev.corral.bench.payments;

import dev.corral.bench.node.NodeConfig.Database;
import java.net.URI;

/**
 * What a server process is told.
 *
 * @param port zero for any that is free
 * @param next where it sends what it does not do itself; of no use to the last one
 */
record ServerConfig(Mode mode, int port, URI next, Database database, URI redis, String namespace) {

  ServerConfig at(int otherPort) {
    return new ServerConfig(mode, otherPort, next, database, redis, namespace);
  }
}
