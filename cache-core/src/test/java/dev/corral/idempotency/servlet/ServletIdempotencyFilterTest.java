package dev.corral.idempotency.servlet;

import dev.corral.idempotency.http.HttpIdempotencyContract;
import dev.corral.idempotency.http.TestServer;

/** The contract, with a Tomcat. */
class ServletIdempotencyFilterTest extends HttpIdempotencyContract {

  @Override
  protected TestServer.Starter starter() {
    return TomcatServer::start;
  }
}
