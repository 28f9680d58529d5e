package dev.corral.idempotency.httpserver;

import dev.corral.idempotency.http.HttpIdempotencyContract;
import dev.corral.idempotency.http.TestServer;

/** The contract, with the JDK's server. */
class HttpServerIdempotencyTest extends HttpIdempotencyContract {

  @Override
  protected TestServer.Starter starter() {
    return JdkServer::start;
  }
}
