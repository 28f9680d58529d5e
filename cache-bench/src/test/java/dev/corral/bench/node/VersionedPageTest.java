package dev.corral.bench.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.bench.contender.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionedPageTest {

  @Test
  void theVersionIsReadAndTheRestIsThePageAtRest() {
    var versioned = VersionedPage.of(new Page("[{\"version\":120,\"id\":1}]", 42));

    assertThat(versioned.version()).isEqualTo(120);
    assertThat(versioned.atRest()).isEqualTo(new Page("[{\"version\":0,\"id\":1}]", 42));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "", "[{\"id\":1,\"version\":2}]", "[{\"version\":null}]"})
  void aPageWithoutAVersionIsOlderThanAnyAndStaysAsItIs(String content) {
    var page = new Page(content, 42);

    assertThat(VersionedPage.of(page)).isEqualTo(new VersionedPage(-1, page));
  }
}
