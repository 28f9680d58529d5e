package dev.corral.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.Findings;
import dev.corral.remote.InMemoryRemoteServer;
import org.junit.jupiter.api.Test;

class ItemCacheTest {

  /** The store of the service has a namespace, that of tests has none. */
  @Test
  void nothingIsToBeSaidAgainstItsOptions() {
    assertThat(Findings.of(ItemCache.options(new InMemoryRemoteServer().newNode())))
        .singleElement()
        .asString()
        .startsWith("namespace is empty");
  }
}
