package dev.corral.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The public API changes only on purpose. If it is meant to, write it down anew and commit the file
 * with the change:
 *
 * <pre>
 * mvn -pl cache-core -am test -Dtest=PublicApiTest -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dcorral.api=write
 * </pre>
 */
class PublicApiTest {

  private static final Path FILE = Path.of("src/test/resources/api.txt");

  @Test
  void thePublicApiIsTheOneWrittenDown() throws IOException {
    List<String> lines = PublicApi.lines();
    if ("write".equals(System.getProperty("corral.api"))) {
      Files.writeString(FILE, String.join("\n", lines) + "\n");
    }

    assertThat(lines)
        .as("the public API; if it is to change, see how in %s", PublicApiTest.class.getName())
        .isEqualTo(Files.readAllLines(FILE));
  }

  @Test
  void everyPublicPackageIsInIt() {
    assertThat(PublicApi.lines())
        .anyMatch(line -> line.startsWith("final class dev.corral.TieredCache<K, V>"))
        .anyMatch(line -> line.startsWith("interface dev.corral.codec.Codec<V>"))
        .anyMatch(line -> line.startsWith("record dev.corral.remote.Lookup$Granted"))
        .anyMatch(line -> line.startsWith("enum dev.corral.stats.Stat"))
        .noneMatch(line -> line.contains("FlightStage"));
  }
}
