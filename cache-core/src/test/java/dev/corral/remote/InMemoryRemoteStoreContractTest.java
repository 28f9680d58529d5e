package dev.corral.remote;

import java.time.Duration;

/** Shows that the store of the tests keeps the contract, so that what they show holds elsewhere. */
class InMemoryRemoteStoreContractTest extends RemoteStoreContract {

  private final InMemoryRemoteServer server = new InMemoryRemoteServer();

  @Override
  public RemoteStore newNode() {
    return server.newNode();
  }

  @Override
  public void passTime(Duration time) {
    server.advance(time);
  }
}
